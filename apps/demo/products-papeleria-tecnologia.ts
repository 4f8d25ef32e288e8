import type { DemoProduct } from './catalogue.ts';
import { optionsAndVariants } from './variant-rows.ts';

/** Stationery, audio and charging. */
export const officeProducts: DemoProduct[] = [
  {
    handle: 'cuaderno-cosido-a5',
    title: 'Cuaderno cosido a mano, A5',
    titleEn: 'Hand-sewn notebook, A5',
    description:
      'Cuaderno de 144 páginas en papel crema de 90 g, cosido por cuadernillos: abre plano y ' +
      'no suelta hojas. Pasta dura forrada en tela. La tinta de estilógrafo no traspasa, la ' +
      'de marcador sí.',
    descriptionEn:
      'A notebook of 144 pages in 90 g cream paper, sewn in signatures: it lies flat and ' +
      'does not shed leaves. Cloth-covered hard cover. Fountain pen ink does not bleed ' +
      'through, marker does.',
    seller: 'taller-cabuya',
    category: 'papeleria',
    tags: ['cuaderno', 'cosido', 'a5'],
    ...optionsAndVariants(
      ['Color', 'Papel'],
      [
        ['CAB-CUA-PET-RAY', ['Petróleo', 'Rayado'], '39900.00', null, 21, 340, '2900001000826'],
        ['CAB-CUA-PET-PUN', ['Petróleo', 'Punteado'], '39900.00', null, 28, 340, '2900001000833'],
        ['CAB-CUA-PET-LIS', ['Petróleo', 'Liso'], '39900.00', null, 12, 340, '2900001000840'],
        ['CAB-CUA-ARC-RAY', ['Arcilla', 'Rayado'], '39900.00', null, 15, 340, '2900001000857'],
        ['CAB-CUA-ARC-PUN', ['Arcilla', 'Punteado'], '39900.00', null, 19, 340, '2900001000864'],
        ['CAB-CUA-ARC-LIS', ['Arcilla', 'Liso'], '39900.00', null, 4, 340, '2900001000871'],
      ],
    ),
    illustration: 'cuaderno-cosido.svg',
    alt: {
      es: 'Dos cuadernos de tela, petróleo y arcilla, con un lápiz',
      en: 'Two cloth notebooks, petrol and clay, with a pencil',
    },
  },
  {
    handle: 'lapices-de-colores',
    title: 'Lápices de colores en lata',
    titleEn: 'Coloured pencils in a tin',
    description:
      'Mina blanda de 3,8 mm en cuerpo de cedro, con pigmento suficiente para mezclar capas. ' +
      'Vienen en una lata que sirve de portalápices. No son acuarelables.',
    descriptionEn:
      'Soft 3.8 mm core in a cedar barrel, with enough pigment to blend layers. They come in ' +
      'a tin that doubles as a pencil cup. Not water-soluble.',
    seller: 'taller-cabuya',
    category: 'papeleria',
    tags: ['lápices', 'dibujo', 'color'],
    ...optionsAndVariants(
      ['Cantidad'],
      [
        ['CAB-LAP-12', ['12 colores'], '27900.00', null, 34, 230, '2900001000888'],
        ['CAB-LAP-24', ['24 colores'], '48900.00', null, 17, 400, '2900001000895'],
      ],
    ),
    illustration: 'lapices-colores.svg',
    alt: {
      es: 'Lápices de colores en una lata metálica y uno maíz sobre el mostrador',
      en: 'Coloured pencils in a metal tin, with a maize one on the counter',
    },
  },
  {
    handle: 'estilografo-piston',
    title: 'Estilógrafo de pistón',
    titleEn: 'Piston fountain pen',
    description:
      'Estilógrafo de resina con llenado por pistón de 1,2 ml y plumilla de acero dorado. La ' +
      'tapa enrosca y se puede poner atrás. La plumilla se cambia sin herramienta.',
    descriptionEn:
      'Resin fountain pen with a 1.2 ml piston filler and a gold-plated steel nib. The cap ' +
      'screws on and posts at the back. The nib swaps without tools.',
    seller: 'taller-cabuya',
    category: 'papeleria',
    tags: ['estilógrafo', 'escritura', 'regalo'],
    ...optionsAndVariants(
      ['Plumilla'],
      [
        ['CAB-EST-F', ['Fina'], '124000.00', null, 9, 60, '2900001000901'],
        ['CAB-EST-M', ['Media'], '124000.00', null, 5, 60, '2900001000918'],
      ],
    ),
    illustration: 'estilografo.svg',
    alt: {
      es: 'Estilógrafo petróleo con plumilla dorada, su tapa y un trazo de tinta',
      en: 'Petrol fountain pen with a gold nib, its cap and a stroke of ink',
    },
  },
  {
    handle: 'tinta-para-estilografo',
    title: 'Tinta para estilógrafo, 50 ml',
    titleEn: 'Fountain pen ink, 50 ml',
    description:
      'Tinta a base de colorantes, de secado medio y fácil de limpiar. No es permanente: en ' +
      'papel mojado se corre. Frasco de vidrio con boca ancha para llenar el pistón hasta el ' +
      'fondo.',
    descriptionEn:
      'Dye-based ink with medium drying time, easy to clean. Not permanent: it runs on wet ' +
      'paper. Glass bottle with a wide neck, so a piston can be filled to the last drop.',
    seller: 'taller-cabuya',
    category: 'papeleria',
    tags: ['tinta', 'escritura'],
    ...optionsAndVariants(
      ['Color'],
      [
        ['CAB-TIN-PET', ['Petróleo'], '44000.00', null, 14, 180, '2900001000925'],
        ['CAB-TIN-VIN', ['Vino'], '44000.00', null, 11, 180, '2900001000932'],
        ['CAB-TIN-NEG', ['Negro'], '44000.00', null, 2, 180, '2900001000949'],
      ],
    ),
    illustration: 'tinta-estilografo.svg',
    alt: {
      es: 'Frasco de tinta petróleo con tapa negra y una gota en la etiqueta',
      en: 'Bottle of petrol ink with a black cap and a drop on the label',
    },
  },
  {
    handle: 'audifonos-de-diadema',
    title: 'Audífonos inalámbricos de diadema',
    titleEn: 'Wireless over-ear headphones',
    description:
      'Audífonos Bluetooth 5.3 con cancelación activa de ruido y hasta 35 horas de batería ' +
      'con la cancelación apagada. También funcionan con el cable de 3,5 mm incluido. ' +
      'Almohadillas de repuesto disponibles. Garantía del vendedor: 12 meses.',
    descriptionEn:
      'Bluetooth 5.3 headphones with active noise cancelling and up to 35 hours of battery ' +
      'with cancelling off. They also work with the included 3.5 mm cable. Spare ear pads ' +
      'available. Seller’s warranty: 12 months.',
    seller: 'almacen-tuerca-y-luz',
    category: 'audio',
    tags: ['audífonos', 'bluetooth', 'cancelación de ruido'],
    ...optionsAndVariants(
      ['Color'],
      [
        ['TIN-AUD-PET', ['Petróleo'], '229900.00', '279900.00', 13, 420, '2900001000956'],
        ['TIN-AUD-NEG', ['Negro'], '229900.00', '279900.00', 8, 420, '2900001000963'],
      ],
    ),
    illustration: 'audifonos-diadema.svg',
    alt: {
      es: 'Audífonos de diadema petróleo con detalles maíz',
      en: 'Petrol over-ear headphones with maize details',
    },
  },
  {
    handle: 'parlante-portatil-20-w',
    title: 'Parlante portátil de 20 W',
    titleEn: 'Portable 20 W speaker',
    description:
      'Parlante Bluetooth de 20 W con dos transductores y radiador pasivo. Resiste ' +
      'salpicaduras (IPX5), no inmersión. Batería para unas 12 horas a volumen medio y carga ' +
      'por USB-C.',
    descriptionEn:
      'A 20 W Bluetooth speaker with two drivers and a passive radiator. Splash resistant ' +
      '(IPX5), not for immersion. Battery for about 12 hours at medium volume, charged over ' +
      'USB-C.',
    seller: 'almacen-tuerca-y-luz',
    category: 'audio',
    tags: ['parlante', 'bluetooth', 'usb-c'],
    ...optionsAndVariants(
      ['Color'],
      [
        ['TIN-PAR-ARC', ['Arcilla'], '169900.00', null, 10, 640, '2900001000970'],
        ['TIN-PAR-PET', ['Petróleo'], '169900.00', null, 12, 640, '2900001000987'],
        ['TIN-PAR-NEG', ['Negro'], '169900.00', null, 3, 640, '2900001000994'],
      ],
    ),
    illustration: 'parlante-portatil.svg',
    alt: {
      es: 'Parlante portátil color arcilla con correa maíz',
      en: 'Clay portable speaker with a maize strap',
    },
  },
  {
    handle: 'cable-usb-c-trenzado',
    title: 'Cable USB-C trenzado de 100 W',
    titleEn: 'Braided USB-C cable, 100 W',
    description:
      'Cable USB-C a USB-C con chip E-Marker, carga hasta 100 W y datos USB 2.0 (480 Mb/s). ' +
      'Forro de nailon trenzado y correa para enrollarlo. No transmite video.',
    descriptionEn:
      'USB-C to USB-C cable with an E-Marker chip, charging up to 100 W and USB 2.0 data ' +
      '(480 Mb/s). Braided nylon sleeve and a strap to coil it. It does not carry video.',
    seller: 'almacen-tuerca-y-luz',
    category: 'cables-y-carga',
    tags: ['cable', 'usb-c', '100 W'],
    ...optionsAndVariants(
      ['Color', 'Largo'],
      [
        ['TIN-CAB-PET-1', ['Petróleo', '1 m'], '29900.00', null, 55, 45, '2900001001007'],
        ['TIN-CAB-PET-2', ['Petróleo', '2 m'], '39900.00', null, 38, 75, '2900001001014'],
        ['TIN-CAB-NEG-1', ['Negro', '1 m'], '29900.00', null, 62, 45, '2900001001021'],
        ['TIN-CAB-NEG-2', ['Negro', '2 m'], '39900.00', null, 41, 75, '2900001001038'],
      ],
    ),
    illustration: 'cable-usb-c.svg',
    alt: {
      es: 'Cable USB-C trenzado petróleo enrollado con correa maíz',
      en: 'Coiled petrol braided USB-C cable with a maize strap',
    },
  },
  {
    handle: 'cargador-usb-c-gan',
    title: 'Cargador GaN de tres puertos',
    titleEn: 'Three-port GaN charger',
    description:
      'Cargador de nitruro de galio con dos puertos USB-C y uno USB-A. Entrada de 100 a 240 ' +
      'V y clavija tipo A, la de Colombia. El de 65 W carga un portátil por el primer ' +
      'puerto; al usar varios, la potencia se reparte.',
    descriptionEn:
      'Gallium nitride charger with two USB-C ports and one USB-A. Input 100 to 240 V and a ' +
      'type A plug, as used in Colombia. The 65 W model charges a laptop from the first ' +
      'port; with several in use, power is shared.',
    seller: 'almacen-tuerca-y-luz',
    category: 'cables-y-carga',
    tags: ['cargador', 'usb-c', 'gan'],
    ...optionsAndVariants(
      ['Potencia'],
      [
        ['TIN-CAR-65', ['65 W'], '124900.00', null, 18, 150, '2900001001045'],
        ['TIN-CAR-35', ['35 W'], '74900.00', null, 26, 105, '2900001001052'],
      ],
    ),
    illustration: 'cargador-usb-c.svg',
    alt: {
      es: 'Cargador blanco con dos puertos USB-C y uno USB-A, junto a un cable',
      en: 'White charger with two USB-C ports and one USB-A, next to a cable',
    },
  },
  {
    handle: 'multitoma-con-proteccion',
    title: 'Multitoma de 4 tomas con protección',
    titleEn: 'Four-outlet surge strip',
    description:
      'Regleta con cuatro tomas con polo a tierra, dos puertos USB-A e interruptor con luz. ' +
      'Supresor de picos de 900 J y fusible de 15 A. Cable de 1,5 m. El supresor se gasta: ' +
      'cuando la luz verde se apaga, hay que cambiarla.',
    descriptionEn:
      'Strip with four grounded outlets, two USB-A ports and a lit switch. A 900 J surge ' +
      'suppressor and a 15 A fuse. 1.5 m cable. Suppressors wear out: when the green light ' +
      'goes off, replace it.',
    seller: 'almacen-tuerca-y-luz',
    category: 'cables-y-carga',
    tags: ['multitoma', 'protección', 'regleta'],
    ...optionsAndVariants([], [['TYL-MUL-4', [], '79900.00', null, 22, 610, '2900001001069']]),
    illustration: 'multitoma-proteccion.svg',
    alt: {
      es: 'Multitoma blanca con cuatro tomas, dos puertos USB e interruptor rojo',
      en: 'White power strip with four outlets, two USB ports and a red switch',
    },
  },
];
