import type { DemoProduct } from './catalogue.ts';
import { optionsAndVariants } from './variant-rows.ts';

/** Tools and the garden. */
export const hardwareProducts: DemoProduct[] = [
  {
    handle: 'alicate-universal',
    title: 'Alicate universal con mango bicomponente',
    titleEn: 'Combination pliers with two-material grip',
    description:
      'Alicate de acero cromo vanadio forjado, con mordaza estriada y filo templado por ' +
      'inducción. Corta alambre de hasta 2,5 mm. El mango es cómodo pero no aislado: no ' +
      'trabaje con tensión.',
    descriptionEn:
      'Forged chrome vanadium pliers with serrated jaws and an induction-hardened cutter. ' +
      'Cuts wire up to 2.5 mm. The grip is comfortable but not insulated: do not work on ' +
      'live circuits.',
    seller: 'almacen-tuerca-y-luz',
    category: 'herramientas-manuales',
    tags: ['alicate', 'electricidad', 'taller'],
    ...optionsAndVariants(
      ['Tamaño'],
      [
        ['YUN-ALI-8', ['8″'], '36900.00', null, 24, 340, '2900001000581'],
        ['YUN-ALI-6', ['6″'], '29900.00', null, 31, 230, '2900001000598'],
      ],
    ),
    illustration: 'alicate-universal.svg',
    alt: {
      es: 'Alicate universal con mangos petróleo',
      en: 'Combination pliers with petrol handles',
    },
  },
  {
    handle: 'martillo-una-16-oz',
    title: 'Martillo de uña, 16 oz',
    titleEn: 'Claw hammer, 16 oz',
    description:
      'Cabeza de acero forjado de 450 g y mango de madera con empuñadura plástica. La uña ' +
      'curva saca puntillas de hasta 4 pulgadas. El mango se puede reemplazar.',
    descriptionEn:
      'Forged steel head of 450 g on a wooden handle with a plastic grip. The curved claw ' +
      'pulls nails up to 4 inches long. The handle can be replaced.',
    seller: 'almacen-tuerca-y-luz',
    category: 'herramientas-manuales',
    tags: ['martillo', 'carpintería'],
    ...optionsAndVariants([], [['YUN-MAR-16', [], '39900.00', null, 18, 680, '2900001000604']]),
    illustration: 'martillo-una.svg',
    alt: {
      es: 'Martillo de uña con mango de madera y empuñadura petróleo',
      en: 'Claw hammer with a wooden handle and a petrol grip',
    },
  },
  {
    handle: 'juego-destornilladores',
    title: 'Juego de destornilladores',
    titleEn: 'Screwdriver set',
    description:
      'Varillas de acero cromo vanadio con punta imantada, de pala y de estrella. Un color ' +
      'de mango por medida para encontrar rápido el que toca. El de 10 piezas agrega puntas ' +
      'de precisión.',
    descriptionEn:
      'Chrome vanadium shafts with magnetic tips, slotted and cross-head. One handle colour ' +
      'per size, so you find the right one quickly. The 10-piece set adds precision tips.',
    seller: 'almacen-tuerca-y-luz',
    category: 'herramientas-manuales',
    tags: ['destornillador', 'juego'],
    ...optionsAndVariants(
      ['Piezas'],
      [
        ['YUN-DES-4', ['4 piezas'], '34900.00', null, 27, 420, '2900001000611'],
        ['YUN-DES-10', ['10 piezas'], '69900.00', '82900.00', 13, 960, '2900001000628'],
      ],
    ),
    illustration: 'juego-destornilladores.svg',
    alt: {
      es: 'Cuatro destornilladores con mangos petróleo, maíz, arcilla y vino',
      en: 'Four screwdrivers with petrol, maize, clay and wine handles',
    },
  },
  {
    handle: 'flexometro-contra-impacto',
    title: 'Flexómetro con carcasa contra impactos',
    titleEn: 'Impact-resistant tape measure',
    description:
      'Cinta de acero con recubrimiento de nailon, graduada en centímetros y pulgadas. Freno ' +
      'de botón y gancho de cero real. La de 8 m es de 25 mm de ancho y se sostiene sola ' +
      'hasta 2 m.',
    descriptionEn:
      'Nylon-coated steel tape marked in centimetres and inches. Button lock and true-zero ' +
      'hook. The 8 m tape is 25 mm wide and stands out 2 m on its own.',
    seller: 'almacen-tuerca-y-luz',
    category: 'herramientas-manuales',
    tags: ['flexómetro', 'medición'],
    ...optionsAndVariants(
      ['Largo'],
      [
        ['YUN-FLE-5', ['5 m'], '22900.00', null, 44, 260, '2900001000635'],
        ['YUN-FLE-3', ['3 m'], '14900.00', null, 58, 150, '2900001000642'],
        ['YUN-FLE-8', ['8 m'], '36900.00', null, 5, 430, '2900001000659'],
      ],
    ),
    illustration: 'flexometro.svg',
    alt: {
      es: 'Flexómetro petróleo y negro con la cinta maíz asomada',
      en: 'Petrol and black tape measure with its maize tape pulled out',
    },
  },
  {
    handle: 'llave-ajustable',
    title: 'Llave ajustable',
    titleEn: 'Adjustable wrench',
    description:
      'Llave de acero cromo vanadio con mordaza ajustable por tornillo sin fin y escala ' +
      'grabada. La de 10 pulgadas abre hasta 30 mm. Acabado satinado que no se resbala con ' +
      'grasa.',
    descriptionEn:
      'Chrome vanadium wrench with a worm-screw jaw and an engraved scale. The 10-inch size ' +
      'opens to 30 mm. Satin finish that does not slip in greasy hands.',
    seller: 'almacen-tuerca-y-luz',
    category: 'herramientas-manuales',
    tags: ['llave', 'plomería'],
    ...optionsAndVariants(
      ['Tamaño'],
      [
        ['YUN-LLA-10', ['10″'], '42900.00', null, 16, 410, '2900001000666'],
        ['YUN-LLA-8', ['8″'], '32900.00', null, 22, 250, '2900001000673'],
        ['YUN-LLA-12', ['12″'], '56900.00', null, 7, 640, '2900001000680'],
      ],
    ),
    illustration: 'llave-ajustable.svg',
    alt: {
      es: 'Llave ajustable de acero con inserto maíz en el mango',
      en: 'Steel adjustable wrench with a maize inlay on the handle',
    },
  },
  {
    handle: 'serrucho-carpintero-20',
    title: 'Serrucho de carpintero, 20″',
    titleEn: 'Carpenter’s handsaw, 20″',
    description:
      'Hoja de acero templado de 50 cm con 8 dientes por pulgada, para cortes rápidos en ' +
      'pino, guadua y triplex. Mango de madera atornillado. Los dientes se pueden afilar con ' +
      'lima triangular.',
    descriptionEn:
      'Tempered steel blade, 50 cm, 8 teeth per inch, for quick cuts in pine, guadua and ' +
      'plywood. Screwed wooden handle. The teeth can be sharpened with a triangular file.',
    seller: 'almacen-tuerca-y-luz',
    category: 'herramientas-manuales',
    tags: ['serrucho', 'carpintería'],
    ...optionsAndVariants([], [['YUN-SER-20', [], '46900.00', null, 11, 520, '2900001000697']]),
    illustration: 'serrucho-carpintero.svg',
    alt: {
      es: 'Serrucho de hoja de acero con mango de madera',
      en: 'Handsaw with a steel blade and a wooden handle',
    },
  },
  {
    handle: 'taladro-inalambrico-20v',
    title: 'Taladro percutor inalámbrico 20 V',
    titleEn: '20 V cordless hammer drill',
    description:
      'Taladro percutor de dos velocidades con mandril de 13 mm y 45 N·m de torque. Perfora ' +
      'hasta 10 mm en ladrillo y 30 mm en madera. Incluye cargador, estuche y baterías de ' +
      'litio de 2 Ah. Garantía del vendedor: 12 meses.',
    descriptionEn:
      'Two-speed hammer drill with a 13 mm chuck and 45 N·m of torque. Drills up to 10 mm in ' +
      'brick and 30 mm in wood. Comes with charger, case and 2 Ah lithium batteries. ' +
      'Seller’s warranty: 12 months.',
    seller: 'almacen-tuerca-y-luz',
    category: 'equipos-y-orden',
    tags: ['taladro', 'inalámbrico', '20 V'],
    ...optionsAndVariants(
      ['Baterías'],
      [
        ['YUN-TAL-1', ['1 batería'], '299900.00', '349900.00', 8, 1900, '2900001000703'],
        ['YUN-TAL-2', ['2 baterías'], '389900.00', null, 4, 2350, '2900001000710'],
      ],
    ),
    illustration: 'taladro-inalambrico.svg',
    alt: {
      es: 'Taladro inalámbrico petróleo y negro con batería maíz',
      en: 'Petrol and black cordless drill with a maize battery',
    },
  },
  {
    handle: 'caja-de-herramientas',
    title: 'Caja de herramientas con bandeja',
    titleEn: 'Toolbox with tray',
    description:
      'Caja de polipropileno con broches plásticos, bandeja removible y ojal para candado. ' +
      'La de 20 pulgadas soporta 20 kg. La tapa no es hermética.',
    descriptionEn:
      'Polypropylene box with plastic latches, a removable tray and a padlock eye. The ' +
      '20-inch box carries 20 kg. The lid is not watertight.',
    seller: 'almacen-tuerca-y-luz',
    category: 'equipos-y-orden',
    tags: ['caja', 'orden', 'taller'],
    ...optionsAndVariants(
      ['Tamaño'],
      [
        ['YUN-CAJ-16', ['16″'], '52900.00', null, 19, 1300, '2900001000727'],
        ['YUN-CAJ-20', ['20″'], '78900.00', null, 10, 2100, '2900001000734'],
      ],
    ),
    illustration: 'caja-herramientas.svg',
    alt: {
      es: 'Caja de herramientas petróleo con broches maíz',
      en: 'Petrol toolbox with maize latches',
    },
  },
  {
    handle: 'matera-barro-con-plato',
    title: 'Matera de barro con plato',
    titleEn: 'Terracotta pot with saucer',
    description:
      'Matera de barro cocido con agujero de drenaje y plato a juego. El barro respira y ' +
      'ayuda a no encharcar la raíz. La planta de la imagen no está incluida.',
    descriptionEn:
      'Fired clay pot with a drainage hole and a matching saucer. Clay breathes and helps ' +
      'keep roots from waterlogging. The plant in the picture is not included.',
    seller: 'taller-cabuya',
    category: 'materas',
    tags: ['matera', 'barro', 'balcón'],
    ...optionsAndVariants(
      ['Diámetro'],
      [
        ['CAB-MAT-18', ['18 cm'], '34000.00', null, 23, 1700],
        ['CAB-MAT-12', ['12 cm'], '19000.00', null, 40, 700],
        ['CAB-MAT-25', ['25 cm'], '59000.00', null, 6, 3900],
      ],
    ),
    illustration: 'matera-barro.svg',
    alt: {
      es: 'Matera de barro sobre su plato, con una planta de hojas anchas',
      en: 'Terracotta pot on its saucer, with a broad-leaved plant',
    },
  },
  {
    handle: 'regadera-metalica-5-l',
    title: 'Regadera metálica, 5 L',
    titleEn: 'Metal watering can, 5 L',
    description:
      'Regadera de lámina galvanizada con pintura electrostática y roseta desmontable. Dos ' +
      'asas para inclinarla con una mano y guiarla con la otra. Vacía pesa 1,1 kg.',
    descriptionEn:
      'Galvanised sheet can with powder coating and a detachable rose. Two handles, one to ' +
      'tilt and one to guide. It weighs 1.1 kg empty.',
    seller: 'almacen-tuerca-y-luz',
    category: 'riego-y-cultivo',
    tags: ['regadera', 'jardín'],
    ...optionsAndVariants(
      ['Color'],
      [
        ['SUR-REG-PET', ['Petróleo'], '89900.00', null, 12, 1150, '2900001000741'],
        ['SUR-REG-ARC', ['Arcilla'], '89900.00', null, 9, 1150, '2900001000758'],
      ],
    ),
    illustration: 'regadera-metalica.svg',
    alt: {
      es: 'Regadera petróleo con franja maíz y hojas pintadas',
      en: 'Petrol watering can with a maize band and painted leaves',
    },
  },
  {
    handle: 'tijeras-de-podar',
    title: 'Tijeras de podar',
    titleEn: 'Pruning shears',
    description:
      'Tijeras de corte deslizante con hoja de acero SK5 y contrahoja curva. Cortan ramas ' +
      'verdes de hasta 20 mm. El resorte y la hoja tienen repuesto.',
    descriptionEn:
      'Bypass shears with an SK5 steel blade and a curved counter-blade. They cut green ' +
      'branches up to 20 mm. Spare springs and blades are available.',
    seller: 'almacen-tuerca-y-luz',
    category: 'riego-y-cultivo',
    tags: ['poda', 'jardín'],
    ...optionsAndVariants([], [['SUR-TIJ-01', [], '54900.00', null, 15, 260, '2900001000765']]),
    illustration: 'tijeras-podar.svg',
    alt: {
      es: 'Tijeras de podar con mangos color arcilla y una rama cortada',
      en: 'Pruning shears with clay handles and a cut twig',
    },
  },
  {
    handle: 'pala-y-rastrillo-de-mano',
    title: 'Pala y rastrillo de mano',
    titleEn: 'Hand trowel and fork',
    description:
      'Dos herramientas de acero inoxidable con mango de madera de 13 cm y agujero para ' +
      'colgar. Para materas, eras y trasplantes. No son para hacer palanca en suelo duro.',
    descriptionEn:
      'Two stainless steel tools with 13 cm wooden handles and a hole to hang them. For ' +
      'pots, beds and transplanting. Not for prying hard soil.',
    seller: 'almacen-tuerca-y-luz',
    category: 'riego-y-cultivo',
    tags: ['jardín', 'huerta', 'juego'],
    ...optionsAndVariants([], [['SUR-PAL-02', [], '48900.00', null, 20, 430, '2900001000772']]),
    illustration: 'pala-y-rastrillo.svg',
    alt: {
      es: 'Pala y rastrillo de jardín de acero con mangos de madera',
      en: 'Steel garden trowel and fork with wooden handles',
    },
  },
  {
    handle: 'semillas-huerta-casera',
    title: 'Semillas para huerta casera',
    titleEn: 'Home garden seeds',
    description:
      'Semillas de polinización abierta, sin tratamiento químico, en sobre de papel. El ' +
      'reverso trae época de siembra, distancia y días a cosecha para clima frío y templado. ' +
      'Germinación mínima de 80 % hasta la fecha impresa.',
    descriptionEn:
      'Open-pollinated, untreated seeds in a paper packet. The back gives sowing season, ' +
      'spacing and days to harvest for cool and mild climates. At least 80% germination ' +
      'until the printed date.',
    seller: 'almacen-tuerca-y-luz',
    category: 'riego-y-cultivo',
    tags: ['semillas', 'huerta'],
    ...optionsAndVariants(
      ['Especie'],
      [
        ['SUR-SEM-ALB', ['Albahaca'], '6900.00', null, 72, 12, '2900001000789'],
        ['SUR-SEM-TOM', ['Tomate'], '7900.00', null, 65, 12, '2900001000796'],
        ['SUR-SEM-LEC', ['Lechuga'], '6900.00', null, 80, 12, '2900001000802'],
        ['SUR-SEM-CIL', ['Cilantro'], '5900.00', null, 0, 15, '2900001000819'],
      ],
    ),
    illustration: 'semillas-huerta.svg',
    alt: {
      es: 'Tres sobres de semillas de tomate, albahaca y lechuga',
      en: 'Three seed packets: tomato, basil and lettuce',
    },
  },
];
