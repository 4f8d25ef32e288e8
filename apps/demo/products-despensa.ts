import type { DemoProduct } from './catalogue.ts';
import { optionsAndVariants } from './variant-rows.ts';

/** Coffee, chocolate and sweets of the pantry. */
export const pantryProducts: DemoProduct[] = [
  {
    handle: 'cafe-especial-huila',
    title: 'Café especial de Huila, lavado',
    titleEn: 'Huila specialty coffee, washed',
    description:
      'Café de altura cultivado entre 1.650 y 1.800 m s. n. m. en el sur del Huila, variedad ' +
      'Caturra. Proceso lavado y secado al sol en marquesina. En taza es limpio, con notas ' +
      'de panela y naranja y una acidez media. Tostamos los martes y despachamos los ' +
      'miércoles; la bolsa trae la fecha de tueste.',
    descriptionEn:
      'High-grown Caturra from 1,650 to 1,800 m in southern Huila. Washed and sun-dried ' +
      'under a raised greenhouse roof. The cup is clean, with notes of panela and orange and ' +
      'medium acidity. We roast on Tuesdays and ship on Wednesdays; the roast date is on the ' +
      'bag.',
    seller: 'tostadora-nubarron',
    category: 'cafe',
    tags: ['café', 'origen único', 'huila', 'lavado'],
    ...optionsAndVariants(
      ['Molienda', 'Presentación'],
      [
        ['NUB-HUI-GRA-250', ['En grano', '250 g'], '36900.00', null, 42, 285, '2900001000017'],
        ['NUB-HUI-GRA-500', ['En grano', '500 g'], '66900.00', null, 28, 545, '2900001000024'],
        ['NUB-HUI-MED-250', ['Molido medio', '250 g'], '36900.00', null, 36, 285, '2900001000031'],
        ['NUB-HUI-MED-500', ['Molido medio', '500 g'], '66900.00', null, 19, 545, '2900001000048'],
        ['NUB-HUI-FIN-250', ['Molido fino', '250 g'], '36900.00', null, 24, 285, '2900001000055'],
        ['NUB-HUI-FIN-500', ['Molido fino', '500 g'], '66900.00', null, 3, 545, '2900001000062'],
      ],
    ),
    illustration: 'cafe-huila.svg',
    alt: {
      es: 'Bolsa de papel kraft de café con etiqueta petróleo y granos sueltos sobre el mostrador',
      en: 'Kraft paper coffee bag with a petrol label and a few loose beans on the counter',
    },
  },
  {
    handle: 'cafe-especial-narino-honey',
    title: 'Café especial de Nariño, proceso honey',
    titleEn: 'Nariño specialty coffee, honey process',
    description:
      'Cultivado sobre 1.900 m s. n. m. en suelos volcánicos de Nariño. El grano se seca con ' +
      'parte de su mucílago, lo que deja una taza más dulce, con notas de durazno y miel. ' +
      'Recomendado para métodos de filtro como el cono o la prensa. Son lotes pequeños: ' +
      'cuando se acaba, esperamos la siguiente cosecha.',
    descriptionEn:
      'Grown above 1,900 m on the volcanic soils of Nariño. The bean dries with part of its ' +
      'mucilage, which leaves a sweeter cup with notes of peach and honey. Best in filter ' +
      'methods such as a pour-over cone or a French press. Lots are small: once it sells out ' +
      'we wait for the next harvest.',
    seller: 'tostadora-nubarron',
    category: 'cafe',
    tags: ['café', 'origen único', 'nariño', 'honey'],
    ...optionsAndVariants(
      ['Molienda', 'Presentación'],
      [
        ['NUB-NAR-GRA-250', ['En grano', '250 g'], '42900.00', null, 18, 285, '2900001000079'],
        ['NUB-NAR-GRA-500', ['En grano', '500 g'], '78900.00', null, 9, 545, '2900001000086'],
        ['NUB-NAR-MED-250', ['Molido medio', '250 g'], '42900.00', null, 14, 285, '2900001000093'],
        ['NUB-NAR-MED-500', ['Molido medio', '500 g'], '78900.00', null, 4, 545, '2900001000109'],
        ['NUB-NAR-FIN-250', ['Molido fino', '250 g'], '42900.00', null, 7, 285, '2900001000116'],
        ['NUB-NAR-FIN-500', ['Molido fino', '500 g'], '78900.00', null, 0, 545, '2900001000123'],
      ],
    ),
    illustration: 'cafe-narino.svg',
    alt: {
      es: 'Bolsa petróleo de café con un volcán en la etiqueta y una cuchara de madera con granos',
      en: 'Petrol coffee bag with a volcano on the label and a wooden spoon of beans',
    },
  },
  {
    handle: 'cafe-descafeinado-cana',
    title: 'Café descafeinado con caña de azúcar',
    titleEn: 'Sugar cane decaf coffee',
    description:
      'Descafeinado con acetato de etilo obtenido de la caña de azúcar, un método que ' +
      'conserva el dulzor del grano. Notas de chocolate con leche y nuez, cuerpo medio. ' +
      'Contiene como máximo 0,1 % de cafeína.',
    descriptionEn:
      'Decaffeinated with ethyl acetate made from sugar cane, a method that keeps the ' +
      'sweetness of the bean. Notes of milk chocolate and walnut, medium body. Contains no ' +
      'more than 0.1% caffeine.',
    seller: 'tostadora-nubarron',
    category: 'cafe',
    tags: ['café', 'descafeinado'],
    ...optionsAndVariants(
      ['Molienda', 'Presentación'],
      [
        ['NUB-DES-GRA-250', ['En grano', '250 g'], '38900.00', null, 22, 285, '2900001000130'],
        ['NUB-DES-GRA-500', ['En grano', '500 g'], '70900.00', null, 11, 545, '2900001000147'],
        ['NUB-DES-MED-250', ['Molido medio', '250 g'], '38900.00', null, 26, 285, '2900001000154'],
        ['NUB-DES-MED-500', ['Molido medio', '500 g'], '70900.00', null, 13, 545, '2900001000161'],
      ],
    ),
    illustration: 'cafe-descafeinado.svg',
    alt: {
      es: 'Bolsa crema de café descafeinado con etiqueta color arcilla, junto a un pocillo de café',
      en: 'Cream bag of decaf coffee with a clay label, next to a small cup of coffee',
    },
  },
  {
    handle: 'cafe-filtro-individual',
    title: 'Café en filtro individual',
    titleEn: 'Single-serve drip coffee bags',
    description:
      'Cada sobre trae 11 g de café del Huila, molido y sellado con nitrógeno, en un filtro ' +
      'que se cuelga del pocillo. Solo necesita 180 ml de agua caliente y tres minutos. ' +
      'Práctico para la oficina o el viaje; el filtro y el café van a la compostera, el ' +
      'sobre exterior no.',
    descriptionEn:
      'Each sachet holds 11 g of Huila coffee, ground and sealed under nitrogen, in a filter ' +
      'that hangs on the cup. All it takes is 180 ml of hot water and three minutes. Handy ' +
      'for the office or a trip; filter and grounds can be composted, the outer sachet ' +
      'cannot.',
    seller: 'tostadora-nubarron',
    category: 'cafe',
    tags: ['café', 'viaje', 'oficina'],
    ...optionsAndVariants(
      ['Presentación'],
      [
        ['NUB-DRIP-10', ['Caja × 10'], '32900.00', null, 48, 190, '2900001000178'],
        ['NUB-DRIP-20', ['Caja × 20'], '59900.00', '65800.00', 21, 360, '2900001000185'],
      ],
    ),
    illustration: 'cafe-filtro-individual.svg',
    alt: {
      es: 'Caja petróleo con sobres de café y un pocillo blanco con un filtro colgado',
      en: 'Petrol box of coffee sachets and a white cup with a drip filter hanging on it',
    },
  },
  {
    handle: 'barra-chocolate-origen',
    title: 'Barra de chocolate de origen, 70 g',
    titleEn: 'Single-origin chocolate bar, 70 g',
    description:
      'Chocolate hecho desde el grano con cacao de Arauca, azúcar de caña y nada más. ' +
      'Refinado durante 60 horas en molino de piedra. La barra de 55 % lleva además leche en ' +
      'polvo; las de 70 % y 85 % no contienen lácteos, aunque se hacen en el mismo equipo.',
    descriptionEn:
      'Bean-to-bar chocolate made with cacao from Arauca, cane sugar and nothing else. ' +
      'Refined for 60 hours in a stone mill. The 55% bar also contains milk powder; the 70% ' +
      'and 85% bars are made without dairy, although on the same equipment.',
    seller: 'tostadora-nubarron',
    category: 'chocolate-y-cacao',
    tags: ['chocolate', 'cacao', 'arauca'],
    ...optionsAndVariants(
      ['Cacao'],
      [
        ['MIR-BAR-70', ['70 %'], '15900.00', null, 64, 82, '2900001000192'],
        ['MIR-BAR-55', ['55 % con leche'], '15900.00', null, 37, 82, '2900001000208'],
        ['MIR-BAR-85', ['85 %'], '16900.00', null, 5, 82, '2900001000215'],
      ],
    ),
    illustration: 'chocolate-barra.svg',
    alt: {
      es: 'Barra de chocolate a medio desenvolver, con empaque petróleo y franja maíz',
      en: 'Chocolate bar half unwrapped from a petrol wrapper with a maize band',
    },
  },
  {
    handle: 'chocolate-de-mesa',
    title: 'Chocolate de mesa en pastillas',
    titleEn: 'Drinking chocolate tablets',
    description:
      'Pastillas de cacao molido con panela para preparar en chocolatera, con agua o con ' +
      'leche. Una pastilla de 25 g rinde una taza. La versión con clavo y canela usa ' +
      'especias molidas, sin esencias.',
    descriptionEn:
      'Tablets of ground cacao and panela to whisk in a chocolate pot with water or milk. ' +
      'One 25 g tablet makes one cup. The clove and cinnamon version uses ground spices, no ' +
      'flavourings.',
    seller: 'tostadora-nubarron',
    category: 'chocolate-y-cacao',
    tags: ['chocolate', 'desayuno', 'panela'],
    ...optionsAndVariants(
      ['Sabor', 'Presentación'],
      [
        [
          'MIR-MESA-CLA-250',
          ['Clavo y canela', '250 g'],
          '14900.00',
          null,
          33,
          270,
          '2900001000222',
        ],
        [
          'MIR-MESA-CLA-500',
          ['Clavo y canela', '500 g'],
          '26900.00',
          null,
          18,
          530,
          '2900001000239',
        ],
        ['MIR-MESA-TRA-250', ['Tradicional', '250 g'], '14900.00', null, 41, 270, '2900001000246'],
        ['MIR-MESA-TRA-500', ['Tradicional', '500 g'], '26900.00', null, 22, 530, '2900001000253'],
      ],
    ),
    illustration: 'chocolate-de-mesa.svg',
    alt: {
      es: 'Caja vino de chocolate de mesa con tres pastillas redondas y astillas de canela',
      en: 'Wine-coloured box of drinking chocolate with three round tablets and cinnamon sticks',
    },
  },
  {
    handle: 'cacao-en-polvo',
    title: 'Cacao en polvo sin azúcar',
    titleEn: 'Unsweetened cocoa powder',
    description:
      'Cacao 100 % natural, sin alcalinizar y sin azúcar, con 20 a 22 % de grasa. Sirve para ' +
      'repostería y para bebidas; al no ser alcalino, en las recetas va con bicarbonato. ' +
      'Lata con tapa a presión que se vuelve a cerrar.',
    descriptionEn:
      'One hundred percent natural cocoa, not alkalised and unsweetened, with 20 to 22% fat. ' +
      'For baking and for drinks; as it is not alkaline, recipes should pair it with baking ' +
      'soda. Tin with a press-on lid that closes again.',
    seller: 'tostadora-nubarron',
    category: 'chocolate-y-cacao',
    tags: ['cacao', 'repostería'],
    ...optionsAndVariants(
      ['Presentación'],
      [
        ['MIR-POL-200', ['200 g'], '24900.00', null, 29, 265, '2900001000260'],
        ['MIR-POL-400', ['400 g'], '44900.00', null, 12, 480, '2900001000277'],
      ],
    ),
    illustration: 'cacao-en-polvo.svg',
    alt: {
      es: 'Lata de cacao en polvo con una mazorca en la etiqueta y un montón de cacao con cuchara',
      en: 'Tin of cocoa powder with a cacao pod on the label and a heap of cocoa with a spoon',
    },
  },
  {
    handle: 'panela-pulverizada',
    title: 'Panela pulverizada',
    titleEn: 'Powdered panela',
    description:
      'Panela de trapiche de la hoya del río Suárez, molida y tamizada. Se disuelve en agua ' +
      'fría y endulza igual que el azúcar morena, con sabor a caña. No tiene blanqueadores ' +
      'ni colorantes.',
    descriptionEn:
      'Panela from a small mill in the Suárez river valley, ground and sifted. It dissolves ' +
      'in cold water and sweetens like brown sugar, with the taste of cane. No bleaching ' +
      'agents, no colouring.',
    seller: 'tostadora-nubarron',
    category: 'dulces-y-miel',
    tags: ['panela', 'endulzante'],
    ...optionsAndVariants(
      ['Presentación'],
      [
        ['NUB-PAN-500', ['500 g'], '7900.00', null, 85, 515, '2900001000284'],
        ['NUB-PAN-1000', ['1 kg'], '13900.00', null, 52, 1025, '2900001000291'],
      ],
    ),
    illustration: 'panela-pulverizada.svg',
    alt: {
      es: 'Bolsa de panela pulverizada con ventana redonda y dos panelas enteras al lado',
      en: 'Bag of powdered panela with a rounded window and two whole panela blocks beside it',
    },
  },
  {
    handle: 'miel-de-monte',
    title: 'Miel de monte multifloral',
    titleEn: 'Multifloral mountain honey',
    description:
      'Miel cruda de apiarios de la Sierra Nevada, colada y envasada en frío. Es ' +
      'multifloral: el color y el sabor cambian con la cosecha. Cristaliza con el tiempo; un ' +
      'baño maría tibio la devuelve a líquida. No apta para menores de un año.',
    descriptionEn:
      'Raw honey from apiaries in the Sierra Nevada, strained and bottled cold. It is ' +
      'multifloral: colour and taste change with the harvest. It crystallises over time; a ' +
      'warm water bath makes it liquid again. Not suitable for infants under one year.',
    seller: 'tostadora-nubarron',
    category: 'dulces-y-miel',
    tags: ['miel', 'desayuno'],
    ...optionsAndVariants(
      ['Presentación'],
      [
        ['NUB-MIE-500', ['500 g'], '36900.00', null, 16, 820, '2900001000307'],
        ['NUB-MIE-300', ['300 g'], '23900.00', null, 4, 520, '2900001000314'],
      ],
    ),
    illustration: 'miel-de-monte.svg',
    alt: {
      es: 'Frasco de miel dorada con tapa oscura, una abeja en la etiqueta y un palillo de madera',
      en: 'Jar of golden honey with a dark lid, a bee on the label and a wooden dipper',
    },
  },
  {
    handle: 'bocadillo-hoja-bijao',
    title: 'Bocadillo de guayaba en hoja de bijao',
    titleEn: 'Guava paste in bijao leaf',
    description:
      'Bocadillos de guayaba y azúcar, envueltos uno por uno en hoja de bijao. Textura ' +
      'firme, para comer solo o con queso fresco. Duran tres meses en un lugar seco; la hoja ' +
      'puede traer manchas naturales.',
    descriptionEn:
      'Bites of guava and sugar, wrapped one by one in bijao leaf. Firm enough to slice, ' +
      'good on their own or with fresh cheese. They keep for three months in a dry place; ' +
      'the leaf may show natural spots.',
    seller: 'tostadora-nubarron',
    category: 'dulces-y-miel',
    tags: ['bocadillo', 'guayaba', 'regalo'],
    ...optionsAndVariants(
      ['Presentación'],
      [
        ['NUB-BOC-24', ['Caja × 24'], '24900.00', null, 31, 890, '2900001000321'],
        ['NUB-BOC-12', ['Caja × 12'], '13900.00', null, 46, 450, '2900001000338'],
      ],
    ),
    illustration: 'bocadillo-bijao.svg',
    alt: {
      es: 'Caja de madera con bocadillos envueltos en hoja de bijao y uno abierto al frente',
      en: 'Wooden box of guava bites wrapped in bijao leaf, one unwrapped in front',
    },
  },
];
