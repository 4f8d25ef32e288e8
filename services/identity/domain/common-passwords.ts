/**
 * Passwords that every attacker tries first, in lower case, of eight characters and more: from the
 * published lists of leaked passwords, with the Spanish ones that those lists rank too low.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `
  password password1 password12 password123 password1234 passw0rd p@ssw0rd p@ssword pa55word
  12345678 123456789 1234567890 0123456789 12345678910 87654321 987654321 0987654321 123123123
  12341234 123454321 11223344 1122334455 112233445566 147258369 123456987 789456123 741852963
  147852369 159753456 123654789 135792468 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4 q1w2e3r4t5
  1qaz2wsx 1qazxsw2 zaq12wsx qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345
  asdfghjk asdfghjkl zxcvbnm1 zxcvbnm123 asdf1234 qwer1234 abcd1234 abc12345 a1b2c3d4 aa123456
  a1234567 a12345678 a123456789 abcdefgh abcdefghi abcdefg1 iloveyou iloveyou1 iloveyou2
  sunshine sunshine1 princess princess1 football football1 baseball baseball1 basketball
  superman superman1 batman123 starwars pokemon1 pokemon123 michelle jennifer jessica1 charlie1
  jordan23 michael1 computer internet samsung1 whatever trustno1 letmein1 letmein123 welcome1
  welcome12 welcome123 admin123 admin1234 admin12345 administrator administrador changeme
  changeme1 default1 secret123 master123 monkey123 dragon123 shadow123 login123 guest123 test1234
  testtest test12345 temp1234 root1234 user1234 demo1234 hello123 hola1234 hola12345
  contrasena contraseña contrasena1 contraseña1 contrasena123 contraseña123 micontrasena
  tequiero tequiero1 tequiero123 teamomucho teamo123 teamo1234 estrella estrella1 princesa
  princesa1 mariposa mariposa1 corazon1 corazon123 chocolate chocolate1 alejandro alejandra
  valentina valentina1 sebastian santiago santiago1 gabriela1 daniela1 carolina carolina1
  fernando fernando1 colombia colombia1 colombia123 bogota123 medellin medellin1 nacional
  nacional1 millonarios america1 argentina argentina1 bocajuniors riverplate barcelona barcelona1
  realmadrid realmadrid1 mexico123 guadalajara cristiano cristiano7 venezuela peru1234 chile123
  plaza123 plaza1234 plazaplaza marketplace tienda123 tienda1234 bienvenido bienvenido1
  usuario1 usuario123 invitado secreto1 secreto123 familia1 familia123 jesus123 jesucristo
  diosesamor amorcito bebelindo hermosa1 babygirl babygirl1 lovely123 flower123 angel123
  `
    .trim()
    .split(/\s+/),
);
