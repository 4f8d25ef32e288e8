import type { DemoProduct } from './catalogue.ts';
import { optionsAndVariants } from './variant-rows.ts';

/** Coffee gear, the table and the house. */
export const homeProducts: DemoProduct[] = [
  {
    handle: 'cafetera-italiana-moka',
    title: 'Cafetera italiana Moka de aluminio',
    titleEn: 'Aluminium Moka pot',
    description:
      'Cafetera de aluminio de calidad alimentaria con válvula de seguridad y mango ' +
      'aislante. Apta para gas y estufa eléctrica; no sirve en inducción. La de 6 tazas ' +
      'prepara 300 ml. El empaque de silicona se consigue por separado.',
    descriptionEn:
      'Food-grade aluminium pot with a safety valve and an insulated handle. For gas and ' +
      'electric stoves; it does not work on induction. The 6-cup size brews 300 ml. The ' +
      'silicone gasket is sold separately.',
    seller: 'tostadora-nubarron',
    category: 'cafeteras-y-molinos',
    tags: ['cafetera', 'moka', 'espresso'],
    ...optionsAndVariants(
      ['Tamaño'],
      [
        ['NUB-MOK-6', ['6 tazas'], '84500.00', '119900.00', 6, 690, '2900001000345'],
        ['NUB-MOK-3', ['3 tazas'], '62900.00', null, 14, 460, '2900001000352'],
        ['NUB-MOK-9', ['9 tazas'], '109900.00', '139900.00', 0, 910, '2900001000369'],
      ],
    ),
    illustration: 'cafetera-moka.svg',
    alt: {
      es: 'Cafetera moka de aluminio facetado con mango y perilla negros',
      en: 'Faceted aluminium Moka pot with black handle and knob',
    },
  },
  {
    handle: 'prensa-francesa-vidrio',
    title: 'Prensa francesa de vidrio',
    titleEn: 'Glass French press',
    description:
      'Jarra de vidrio borosilicato con marco de acero pintado y filtro de doble malla. Use ' +
      'molienda gruesa y cuatro minutos de reposo. Todas las piezas van al lavavajillas, ' +
      'menos la perilla de madera.',
    descriptionEn:
      'Borosilicate glass beaker in a painted steel frame, with a double-mesh filter. Use a ' +
      'coarse grind and steep for four minutes. Every part is dishwasher safe except the ' +
      'wooden knob.',
    seller: 'tostadora-nubarron',
    category: 'cafeteras-y-molinos',
    tags: ['cafetera', 'prensa', 'filtro'],
    ...optionsAndVariants(
      ['Tamaño'],
      [
        ['NUB-PRE-800', ['800 ml'], '84900.00', null, 17, 780, '2900001000376'],
        ['NUB-PRE-350', ['350 ml'], '56900.00', null, 23, 460, '2900001000383'],
      ],
    ),
    illustration: 'prensa-francesa.svg',
    alt: {
      es: 'Prensa francesa con marco petróleo, mango negro y café servido hasta la mitad',
      en: 'French press with a petrol frame and black handle, half full of coffee',
    },
  },
  {
    handle: 'molino-manual-madera',
    title: 'Molino manual de café en madera',
    titleEn: 'Wooden hand coffee grinder',
    description:
      'Molino de muelas cónicas de cerámica en caja de pino barnizado, con cajón para 35 g ' +
      'de café. La molienda se ajusta con la tuerca bajo la manivela, de gruesa para prensa ' +
      'a media para filtro. No alcanza el punto fino de un espresso.',
    descriptionEn:
      'Ceramic conical burrs in a varnished pine box, with a drawer for 35 g of coffee. The ' +
      'nut under the crank sets the grind, from coarse for French press to medium for ' +
      'filter. It does not go fine enough for espresso.',
    seller: 'tostadora-nubarron',
    category: 'cafeteras-y-molinos',
    tags: ['molino', 'café', 'manual'],
    ...optionsAndVariants([], [['NUB-MOL-01', [], '129900.00', null, 9, 1150, '2900001000390']]),
    illustration: 'molino-manual.svg',
    alt: {
      es: 'Molino de café de madera con cúpula petróleo, manivela y cajón',
      en: 'Wooden coffee grinder with a petrol dome, crank and drawer',
    },
  },
  {
    handle: 'chocolatera-con-molinillo',
    title: 'Chocolatera de aluminio con molinillo',
    titleEn: 'Aluminium chocolate pot with whisk',
    description:
      'Olleta de aluminio repujado con pico vertedor y molinillo de madera torneada. La ' +
      'forma angosta del cuello ayuda a levantar espuma. Solo para gas o estufa eléctrica. ' +
      'El molinillo se lava a mano y se deja secar de pie.',
    descriptionEn:
      'Spun aluminium pot with a pouring spout and a turned wooden molinillo. The narrow ' +
      'neck helps to raise the foam. For gas or electric stoves only. Wash the whisk by hand ' +
      'and let it dry upright.',
    seller: 'tostadora-nubarron',
    category: 'cafeteras-y-molinos',
    tags: ['chocolatera', 'olleta', 'desayuno'],
    ...optionsAndVariants(
      ['Capacidad'],
      [
        ['NUB-CHO-15', ['1,5 L'], '48900.00', null, 15, 520, '2900001000406'],
        ['NUB-CHO-25', ['2,5 L'], '62900.00', null, 8, 710, '2900001000413'],
      ],
    ),
    illustration: 'chocolatera-molinillo.svg',
    alt: {
      es: 'Chocolatera de aluminio con molinillo de madera y una astilla de canela',
      en: 'Aluminium chocolate pot with a wooden whisk and a cinnamon stick',
    },
  },
  {
    handle: 'cazuela-barro-negro',
    title: 'Cazuela de barro negro con tapa',
    titleEn: 'Black clay casserole with lid',
    description:
      'Cazuela hecha a mano y bruñida con piedra; el negro sale del humo del horno, no de un ' +
      'esmalte. Va al horno y al fuego bajo de gas, y mantiene caliente la sopa en la mesa. ' +
      'Antes del primer uso hay que curarla con agua y harina: enviamos las instrucciones.',
    descriptionEn:
      'Handmade and burnished with a stone; the black comes from the smoke of the kiln, not ' +
      'from a glaze. For the oven and a low gas flame, and it keeps soup hot at the table. ' +
      'It must be cured with water and flour before first use: instructions included.',
    seller: 'taller-cabuya',
    category: 'ceramica',
    tags: ['barro negro', 'cazuela', 'hecho a mano'],
    ...optionsAndVariants(
      ['Capacidad'],
      [
        ['CAB-CAZ-25', ['2,5 L'], '98000.00', null, 11, 2300],
        ['CAB-CAZ-10', ['1 L'], '58000.00', null, 19, 1100],
        ['CAB-CAZ-40', ['4 L'], '145000.00', null, 3, 3600],
      ],
    ),
    illustration: 'cazuela-barro-negro.svg',
    alt: {
      es: 'Cazuela de barro negro bruñido con tapa y dos asas',
      en: 'Burnished black clay casserole with a lid and two handles',
    },
  },
  {
    handle: 'taza-ceramica-esmalte',
    title: 'Taza de cerámica con esmalte escurrido',
    titleEn: 'Ceramic mug with dipped glaze',
    description:
      'Taza torneada en gres de 350 ml, con esmalte brillante hasta media altura y base de ' +
      'barro moteado. Como el esmalte se aplica por inmersión, el borde es distinto en cada ' +
      'pieza. Apta para microondas y lavavajillas.',
    descriptionEn:
      'A 350 ml stoneware mug thrown on the wheel, with a glossy glaze half-way down and a ' +
      'speckled clay base. The glaze is applied by dipping, so the line is different on ' +
      'every piece. Microwave and dishwasher safe.',
    seller: 'taller-cabuya',
    category: 'ceramica',
    tags: ['taza', 'gres', 'hecho a mano'],
    ...optionsAndVariants(
      ['Color'],
      [
        ['CAB-TAZ-PET', ['Petróleo'], '34000.00', null, 26, 410],
        ['CAB-TAZ-MAI', ['Maíz'], '34000.00', null, 18, 410],
        ['CAB-TAZ-ARC', ['Arcilla'], '34000.00', null, 2, 410],
      ],
    ),
    illustration: 'taza-esmaltada.svg',
    alt: {
      es: 'Taza petróleo con base crema moteada y café caliente',
      en: 'Petrol mug with a speckled cream base, filled with hot coffee',
    },
  },
  {
    handle: 'platos-hondos-x4',
    title: 'Juego de 4 platos hondos de gres',
    titleEn: 'Set of 4 stoneware bowls',
    description:
      'Cuatro platos hondos de 20 cm de diámetro, esmaltados por dentro y por fuera con ' +
      'borde de color. Se apilan sin trabarse y caben en un lavavajillas estándar. Cada ' +
      'plato pesa cerca de 600 g.',
    descriptionEn:
      'Four bowls, 20 cm across, glazed inside and out with a coloured rim. They stack ' +
      'without sticking and fit a standard dishwasher. Each one weighs about 600 g.',
    seller: 'taller-cabuya',
    category: 'ceramica',
    tags: ['platos', 'vajilla', 'gres'],
    ...optionsAndVariants(
      ['Color'],
      [
        ['CAB-PLA-MIX', ['Surtido'], '148000.00', null, 7, 2600],
        ['CAB-PLA-CRE', ['Crema'], '138000.00', null, 10, 2600],
      ],
    ),
    illustration: 'platos-hondos.svg',
    alt: {
      es: 'Pila de cuatro platos hondos en crema, arcilla y azul verdoso',
      en: 'Stack of four bowls in cream, clay and blue-green',
    },
  },
  {
    handle: 'jarra-ceramica-pintada',
    title: 'Jarra de cerámica pintada a mano',
    titleEn: 'Hand-painted ceramic jug',
    description:
      'Jarra de 1,8 L en arcilla roja con una cenefa geométrica pintada a pincel. El ' +
      'interior tiene esmalte transparente sin plomo, apto para jugos y agua. No se ' +
      'recomienda para líquidos hirviendo.',
    descriptionEn:
      'A 1.8 L red clay jug with a geometric band painted by brush. The inside has a ' +
      'lead-free clear glaze, fit for juice and water. Not recommended for boiling liquids.',
    seller: 'taller-cabuya',
    category: 'ceramica',
    tags: ['jarra', 'arcilla', 'hecho a mano'],
    ...optionsAndVariants([], [['CAB-JAR-18', [], '96000.00', null, 8, 1450]]),
    illustration: 'jarra-ceramica.svg',
    alt: {
      es: 'Jarra de arcilla con cenefa de triángulos petróleo sobre crema',
      en: 'Clay jug with a band of petrol triangles on cream',
    },
  },
  {
    handle: 'tabla-picar-guadua',
    title: 'Tabla de picar en guadua',
    titleEn: 'Guadua bamboo chopping board',
    description:
      'Tabla de guadua laminada de 2 cm de grosor, curada con aceite mineral. Es más dura ' +
      'que el pino y cuida mejor el filo que el vidrio. Se lava a mano y se seca de pie; una ' +
      'vez al mes agradece una capa de aceite.',
    descriptionEn:
      'Laminated guadua board, 2 cm thick, cured with mineral oil. Harder than pine and ' +
      'kinder to the blade than glass. Wash by hand and dry upright; once a month it likes a ' +
      'coat of oil.',
    seller: 'taller-cabuya',
    category: 'utensilios',
    tags: ['guadua', 'cocina', 'tabla'],
    ...optionsAndVariants(
      ['Tamaño'],
      [
        ['CAB-TAB-M', ['36 × 22 cm'], '46000.00', null, 20, 950],
        ['CAB-TAB-G', ['45 × 30 cm'], '68000.00', null, 12, 1600],
      ],
    ),
    illustration: 'tabla-guadua.svg',
    alt: {
      es: 'Tabla de picar de guadua con dos mitades de limón',
      en: 'Guadua chopping board with two lime halves',
    },
  },
  {
    handle: 'termo-acero-doble-pared',
    title: 'Termo de acero de doble pared',
    titleEn: 'Double-wall steel flask',
    description:
      'Termo de acero inoxidable 304 con vacío entre paredes: mantiene el tinto caliente ' +
      'unas 10 horas y el agua fría unas 20. La tapa sirve de pocillo y el tapón se desarma ' +
      'para lavarlo. La pintura no es apta para lavavajillas.',
    descriptionEn:
      'A 304 stainless steel vacuum flask: coffee stays hot for about 10 hours and water ' +
      'cold for about 20. The lid doubles as a cup and the stopper comes apart for washing. ' +
      'The paint is not dishwasher safe.',
    seller: 'tostadora-nubarron',
    category: 'utensilios',
    tags: ['termo', 'viaje', 'acero'],
    ...optionsAndVariants(
      ['Capacidad', 'Color'],
      [
        ['NUB-TER-10-PET', ['1 L', 'Petróleo'], '109900.00', null, 13, 620, '2900001000420'],
        ['NUB-TER-10-CRE', ['1 L', 'Crema'], '109900.00', null, 6, 620, '2900001000437'],
        ['NUB-TER-05-PET', ['500 ml', 'Petróleo'], '79900.00', null, 18, 390, '2900001000444'],
        ['NUB-TER-05-CRE', ['500 ml', 'Crema'], '79900.00', null, 1, 390, '2900001000451'],
      ],
    ),
    illustration: 'termo-acero.svg',
    alt: {
      es: 'Termo petróleo de acero con tapa plateada y un pocillo con café',
      en: 'Petrol steel flask with a silver lid and a cup of coffee',
    },
  },
  {
    handle: 'canasto-rollo-fibra',
    title: 'Canasto en rollo de fibra natural',
    titleEn: 'Coiled natural fibre basket',
    description:
      'Canasto tejido en rollo con paja y fique, teñido por franjas. Sirve para ropa, ' +
      'juguetes o pan según el tamaño. Cada pieza toma varios días de tejido y las medidas ' +
      'varían hasta 2 cm.',
    descriptionEn:
      'Basket coiled from straw and fique, dyed in bands. For laundry, toys or bread ' +
      'depending on the size. Each piece takes several days to weave and sizes vary by up to ' +
      '2 cm.',
    seller: 'taller-cabuya',
    category: 'decoracion',
    tags: ['canasto', 'fique', 'tejido'],
    ...optionsAndVariants(
      ['Tamaño'],
      [
        ['CAB-CAN-M', ['30 cm'], '98000.00', null, 9, 800],
        ['CAB-CAN-P', ['20 cm'], '68000.00', null, 14, 420],
        ['CAB-CAN-G', ['40 cm'], '156000.00', null, 0, 1350],
      ],
    ),
    illustration: 'canasto-rollo.svg',
    alt: {
      es: 'Canasto tejido con asa y franjas petróleo y maíz',
      en: 'Woven basket with a handle and petrol and maize bands',
    },
  },
  {
    handle: 'lampara-mesa-mimbre',
    title: 'Lámpara de mesa con pantalla de mimbre',
    titleEn: 'Table lamp with wicker shade',
    description:
      'Pantalla tejida en mimbre sobre base de madera y cerámica, 52 cm de alto. Rosca E27 ' +
      'para bombillo LED de hasta 9 W, no incluido. Cable textil de 1,8 m con interruptor.',
    descriptionEn:
      'Woven wicker shade on a wood and ceramic base, 52 cm tall. E27 socket for an LED bulb ' +
      'of up to 9 W, not included. Textile cable, 1.8 m, with a switch.',
    seller: 'almacen-tuerca-y-luz',
    category: 'decoracion',
    tags: ['lámpara', 'mimbre', 'iluminación'],
    ...optionsAndVariants(
      ['Color de base'],
      [
        ['TYL-LAM-ARC', ['Arcilla'], '189000.00', '219000.00', 6, 1700],
        ['TYL-LAM-CRE', ['Crema'], '189000.00', '219000.00', 4, 1700],
      ],
    ),
    illustration: 'lampara-mimbre.svg',
    alt: {
      es: 'Lámpara de mesa con pantalla de mimbre y base color arcilla',
      en: 'Table lamp with a wicker shade and a clay-coloured base',
    },
  },
  {
    handle: 'vela-cera-soya',
    title: 'Vela de cera de soya en vaso de cerámica',
    titleEn: 'Soy wax candle in a ceramic cup',
    description:
      'Vela de 220 g en vaso de cerámica que después sirve de matera. Arde cerca de 40 horas ' +
      'con mecha de algodón. El aroma es suave: se nota en un cuarto, no en toda la casa.',
    descriptionEn:
      'A 220 g candle in a ceramic cup that later works as a planter. It burns for about 40 ' +
      'hours with a cotton wick. The scent is gentle: it fills a room, not the whole house.',
    seller: 'taller-cabuya',
    category: 'decoracion',
    tags: ['vela', 'regalo', 'aroma'],
    ...optionsAndVariants(
      ['Aroma'],
      [
        ['CAB-VEL-EUC', ['Eucalipto'], '42000.00', null, 24, 560],
        ['CAB-VEL-CAF', ['Café y cardamomo'], '42000.00', null, 15, 560],
        ['CAB-VEL-LIM', ['Limonaria'], '42000.00', null, 4, 560],
      ],
    ),
    illustration: 'vela-soya.svg',
    alt: {
      es: 'Vela encendida en vaso de cerámica, con una caja de fósforos',
      en: 'Lit candle in a ceramic cup with a box of matches',
    },
  },
  {
    handle: 'cobija-lana-telar',
    title: 'Cobija de lana tejida en telar',
    titleEn: 'Loom-woven wool blanket',
    description:
      'Cobija de 1,60 × 2,20 m en 80 % lana de oveja y 20 % acrílico, tejida en telar ' +
      'horizontal y cardada por un lado. Abriga de verdad: pesa 1,9 kg. Se lava en seco o a ' +
      'mano con agua fría.',
    descriptionEn:
      'A 1.60 × 2.20 m blanket, 80% sheep wool and 20% acrylic, woven on a horizontal loom ' +
      'and brushed on one side. It is properly warm: it weighs 1.9 kg. Dry clean or hand ' +
      'wash in cold water.',
    seller: 'taller-cabuya',
    category: 'hamacas-y-textiles',
    tags: ['cobija', 'lana', 'telar'],
    ...optionsAndVariants(
      ['Color'],
      [
        ['CAB-COB-VIN', ['Vino'], '198000.00', null, 8, 1900],
        ['CAB-COB-PET', ['Petróleo'], '198000.00', null, 5, 1900],
        ['CAB-COB-CRE', ['Crema'], '198000.00', null, 0, 1900],
      ],
    ),
    illustration: 'cobija-lana.svg',
    alt: {
      es: 'Cobija de lana color vino doblada, con una punta crema de rombos y flecos',
      en: 'Folded wine-coloured wool blanket with a cream end of diamonds and fringe',
    },
  },
  {
    handle: 'cojin-tejido-rombos',
    title: 'Cojín tejido con rombos',
    titleEn: 'Woven cushion with diamonds',
    description:
      'Funda de algodón grueso de 45 × 45 cm con rombos tejidos y borlas en las puntas. ' +
      'Tiene cremallera oculta y viene con relleno de fibra siliconada. La funda se lava a ' +
      'máquina en ciclo suave.',
    descriptionEn:
      'A 45 × 45 cm cover in heavy cotton with woven diamonds and a tassel on each corner. ' +
      'Hidden zip, polyester filling included. The cover is machine washable on a gentle ' +
      'cycle.',
    seller: 'taller-cabuya',
    category: 'hamacas-y-textiles',
    tags: ['cojín', 'algodón', 'sala'],
    ...optionsAndVariants(
      ['Color'],
      [
        ['CAB-COJ-CRE', ['Crema'], '74000.00', null, 16, 620],
        ['CAB-COJ-PET', ['Petróleo'], '74000.00', null, 11, 620],
        ['CAB-COJ-ARC', ['Arcilla'], '74000.00', null, 9, 620],
      ],
    ),
    illustration: 'cojin-tejido.svg',
    alt: {
      es: 'Cojín crema con franjas arcilla, rombos petróleo y borlas maíz',
      en: 'Cream cushion with clay bands, petrol diamonds and maize tassels',
    },
  },
  {
    handle: 'hamaca-algodon-flecos',
    title: 'Hamaca de algodón con flecos',
    titleEn: 'Cotton hammock with fringe',
    description:
      'Hamaca tejida en telar vertical con hilo de algodón y flecos anudados a mano. La ' +
      'doble mide 2,40 × 1,60 m de tela y soporta 180 kg; la sencilla, 2,20 × 1,20 m y 120 ' +
      'kg. Los ganchos y las cuerdas se venden aparte.',
    descriptionEn:
      'Woven on an upright loom in cotton yarn, with a hand-knotted fringe. The double has ' +
      '2.40 × 1.60 m of cloth and holds 180 kg; the single, 2.20 × 1.20 m and 120 kg. Hooks ' +
      'and ropes are sold separately.',
    seller: 'taller-cabuya',
    category: 'hamacas-y-textiles',
    tags: ['hamaca', 'descanso', 'telar'],
    ...optionsAndVariants(
      ['Color', 'Tamaño'],
      [
        ['CAB-HAM-MUL-SEN', ['Multicolor', 'Sencilla'], '189000.00', null, 12, 1700],
        ['CAB-HAM-MUL-DOB', ['Multicolor', 'Doble'], '259000.00', null, 7, 2500],
        ['CAB-HAM-PET-SEN', ['Petróleo', 'Sencilla'], '189000.00', null, 9, 1700],
        ['CAB-HAM-PET-DOB', ['Petróleo', 'Doble'], '259000.00', null, 5, 2500],
        ['CAB-HAM-CRU-SEN', ['Crudo', 'Sencilla'], '189000.00', null, 6, 1700],
        ['CAB-HAM-CRU-DOB', ['Crudo', 'Doble'], '259000.00', null, 2, 2500],
      ],
    ),
    illustration: 'hamaca-san-jacinto.svg',
    alt: {
      es: 'Hamaca de rayas vino, arcilla, crema, petróleo y maíz con flecos',
      en: 'Hammock with wine, clay, cream, petrol and maize stripes and a fringe',
    },
  },
  {
    handle: 'silla-colgante-tejida',
    title: 'Silla colgante tejida',
    titleEn: 'Woven hanging chair',
    description:
      'Silla de algodón y macramé con barra de madera de 1 m y asiento acolchado. Soporta ' +
      '120 kg si se instala en viga o losa con gancho certificado, que no viene incluido. ' +
      'Bajo techo dura más: el sol directo destiñe el tejido.',
    descriptionEn:
      'Cotton and macramé chair with a 1 m wooden bar and a padded seat. Holds 120 kg when ' +
      'hung from a beam or slab with a rated hook, not included. It lasts longer under a ' +
      'roof: direct sun fades the weave.',
    seller: 'taller-cabuya',
    category: 'hamacas-y-textiles',
    tags: ['silla colgante', 'macramé', 'balcón'],
    ...optionsAndVariants(
      ['Color'],
      [
        ['CAB-SIL-PET', ['Petróleo'], '229000.00', null, 5, 2400],
        ['CAB-SIL-CRU', ['Crudo'], '229000.00', null, 3, 2400],
      ],
    ),
    illustration: 'silla-colgante.svg',
    alt: {
      es: 'Silla colgante de macramé crudo con cojín petróleo y flecos',
      en: 'Hanging chair in natural macramé with a petrol cushion and fringe',
    },
  },
];
