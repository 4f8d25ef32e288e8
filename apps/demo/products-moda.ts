import type { DemoProduct } from './catalogue.ts';
import { optionsAndVariants } from './variant-rows.ts';

/** Bags, wool, clothes and accessories. */
export const fashionProducts: DemoProduct[] = [
  {
    handle: 'mochila-crochet-una-hebra',
    title: 'Mochila tejida a una hebra',
    titleEn: 'Single-strand crochet mochila',
    description:
      'Mochila tejida en crochet a una sola hebra, una técnica que toma cerca de tres ' +
      'semanas por pieza y deja el dibujo más fino. Mide 28 cm de alto y 24 cm de ancho, con ' +
      'gasa de 110 cm. Cada tejedora escoge sus combinaciones, así que los tonos pueden ' +
      'variar un poco.',
    descriptionEn:
      'Crocheted with a single strand, a technique that takes about three weeks per piece ' +
      'and gives a finer pattern. It is 28 cm tall and 24 cm wide, with a 110 cm strap. Each ' +
      'weaver picks her own combinations, so shades may vary slightly.',
    seller: 'taller-cabuya',
    category: 'mochilas-y-bolsos',
    tags: ['mochila', 'crochet', 'hecho a mano'],
    ...optionsAndVariants(
      ['Color'],
      [
        ['CAB-MUH-ARC', ['Arcilla y petróleo'], '178000.00', null, 7, 480],
        ['CAB-MUH-MAI', ['Maíz y vino'], '178000.00', null, 4, 480],
        ['CAB-MUH-NEG', ['Negro y crudo'], '178000.00', null, 6, 480],
        ['CAB-MUH-VER', ['Verde y crema'], '178000.00', null, 0, 480],
      ],
    ),
    illustration: 'mochila-una-hebra.svg',
    alt: {
      es: 'Mochila tejida con rombos crema y maíz sobre petróleo, y borlas vino',
      en: 'Crochet bag with cream and maize diamonds on petrol, and wine tassels',
    },
  },
  {
    handle: 'mochila-lana-virgen',
    title: 'Mochila de lana virgen',
    titleEn: 'Virgin wool mochila',
    description:
      'Lana de oveja hilada a mano, sin teñir: el crudo y los cafés son los colores del ' +
      'animal. Tejida en espiral con figuras geométricas escalonadas. Es normal que suelte ' +
      'algo de pelo las primeras semanas.',
    descriptionEn:
      'Hand-spun sheep wool, undyed: the natural white and the browns are the colours of the ' +
      'animal. Woven in a spiral with stepped geometric figures. Some shedding in the first ' +
      'weeks is normal.',
    seller: 'taller-cabuya',
    category: 'mochilas-y-bolsos',
    tags: ['mochila', 'lana', 'hecho a mano'],
    ...optionsAndVariants(
      ['Color'],
      [
        ['CAB-MLV-CRU', ['Crudo'], '245000.00', null, 5, 560],
        ['CAB-MLV-CAF', ['Café'], '245000.00', null, 2, 560],
      ],
    ),
    illustration: 'mochila-lana-virgen.svg',
    alt: {
      es: 'Mochila de lana cruda con figuras escalonadas café',
      en: 'Natural wool bag with stepped brown figures',
    },
  },
  {
    handle: 'morral-lona-22-l',
    title: 'Morral de lona encerada, 22 L',
    titleEn: 'Waxed canvas backpack, 22 L',
    description:
      'Lona de algodón encerada con base y correas de cuero. Bolsillo acolchado para ' +
      'portátil de 15 pulgadas y dos bolsillos laterales. La cera repele una llovizna, no un ' +
      'aguacero; se puede reencerar.',
    descriptionEn:
      'Waxed cotton canvas with a leather base and straps. Padded sleeve for a 15-inch ' +
      'laptop and two side pockets. The wax sheds a drizzle, not a downpour; it can be ' +
      're-waxed.',
    seller: 'taller-cabuya',
    category: 'mochilas-y-bolsos',
    tags: ['morral', 'lona', 'portátil'],
    ...optionsAndVariants(
      ['Color'],
      [
        ['CAB-MOR-VER', ['Verde'], '179000.00', null, 9, 1150],
        ['CAB-MOR-AZU', ['Azul'], '179000.00', null, 12, 1150],
      ],
    ),
    illustration: 'morral-lona.svg',
    alt: {
      es: 'Morral de lona verde con solapa, correas de cuero y hebillas doradas',
      en: 'Green canvas backpack with a flap, leather straps and gold buckles',
    },
  },
  {
    handle: 'ruana-lana-boyaca',
    title: 'Ruana de lana abierta',
    titleEn: 'Open wool ruana',
    description:
      'Ruana de lana de oveja tejida en telar y terminada con flecos, talla única de 1,40 m ' +
      'de envergadura. Abierta al frente, se usa suelta o cruzada sobre el hombro. Con los ' +
      'lavados se suaviza; siempre en agua fría.',
    descriptionEn:
      'Loom-woven sheep wool ruana finished with a fringe, one size, 1.40 m across. Open at ' +
      'the front, it is worn loose or thrown over the shoulder. It softens with washing; ' +
      'always in cold water.',
    seller: 'taller-cabuya',
    category: 'ruanas-y-abrigo',
    tags: ['ruana', 'lana', 'abrigo'],
    ...optionsAndVariants(
      ['Color'],
      [
        ['CAB-RUA-PET', ['Petróleo'], '268000.00', null, 6, 1300],
        ['CAB-RUA-GRI', ['Gris'], '268000.00', null, 8, 1300],
        ['CAB-RUA-VIN', ['Vino'], '268000.00', null, 3, 1300],
      ],
    ),
    illustration: 'ruana-lana.svg',
    alt: {
      es: 'Ruana petróleo con franjas crema y maíz, colgada de un gancho de madera',
      en: 'Petrol ruana with cream and maize stripes on a wooden hanger',
    },
  },
  {
    handle: 'gorro-lana-pompon',
    title: 'Gorro de lana con pompón',
    titleEn: 'Wool beanie with pompom',
    description:
      'Gorro tejido a dos agujas en mezcla de lana y acrílico, con doblez acanalado y pompón ' +
      'desmontable. Talla única que estira de 54 a 60 cm. El pompón se quita antes de lavar.',
    descriptionEn:
      'Hand-knitted beanie in a wool and acrylic blend, with a ribbed cuff and a detachable ' +
      'pompom. One size, stretches from 54 to 60 cm. Take the pompom off before washing.',
    seller: 'taller-cabuya',
    category: 'ruanas-y-abrigo',
    tags: ['gorro', 'lana', 'invierno'],
    ...optionsAndVariants(
      ['Color'],
      [
        ['CAB-GOR-VIN', ['Vino'], '46000.00', null, 17, 110],
        ['CAB-GOR-PET', ['Petróleo'], '46000.00', null, 13, 110],
        ['CAB-GOR-CRE', ['Crema'], '46000.00', null, 10, 110],
      ],
    ),
    illustration: 'gorro-lana.svg',
    alt: {
      es: 'Gorro de lana vino con cenefa de rombos y pompón crema',
      en: 'Wine wool beanie with a diamond band and a cream pompom',
    },
  },
  {
    handle: 'camiseta-algodon-bolsillo',
    title: 'Camiseta de algodón con bolsillo',
    titleEn: 'Cotton pocket T-shirt',
    description:
      'Camiseta de algodón peinado de 180 g/m², preencogida, con un bolsillo bordado. Corte ' +
      'recto unisex; con 1,75 m de estatura lo usual es una M. Confeccionada en un taller de ' +
      'Itagüí.',
    descriptionEn:
      'Pre-shrunk combed cotton T-shirt, 180 g/m², with an embroidered pocket. Straight ' +
      'unisex cut; at 1.75 m tall, an M is the usual choice. Sewn in a workshop in Itagüí.',
    seller: 'taller-cabuya',
    category: 'ropa',
    tags: ['camiseta', 'algodón', 'unisex'],
    ...optionsAndVariants(
      ['Color', 'Talla'],
      [
        ['CAB-CAM-MAI-S', ['Maíz', 'S'], '49900.00', null, 14, 170, '2900001000468'],
        ['CAB-CAM-MAI-M', ['Maíz', 'M'], '49900.00', null, 22, 180, '2900001000475'],
        ['CAB-CAM-MAI-L', ['Maíz', 'L'], '49900.00', null, 18, 195, '2900001000482'],
        ['CAB-CAM-MAI-XL', ['Maíz', 'XL'], '49900.00', null, 6, 210, '2900001000499'],
        ['CAB-CAM-PET-S', ['Petróleo', 'S'], '49900.00', null, 11, 170, '2900001000505'],
        ['CAB-CAM-PET-M', ['Petróleo', 'M'], '49900.00', null, 25, 180, '2900001000512'],
        ['CAB-CAM-PET-L', ['Petróleo', 'L'], '49900.00', null, 19, 195, '2900001000529'],
        ['CAB-CAM-PET-XL', ['Petróleo', 'XL'], '49900.00', null, 0, 210, '2900001000536'],
        ['CAB-CAM-BLA-S', ['Blanco', 'S'], '49900.00', null, 20, 170, '2900001000543'],
        ['CAB-CAM-BLA-M', ['Blanco', 'M'], '49900.00', null, 31, 180, '2900001000550'],
        ['CAB-CAM-BLA-L', ['Blanco', 'L'], '49900.00', null, 24, 195, '2900001000567'],
        ['CAB-CAM-BLA-XL', ['Blanco', 'XL'], '49900.00', null, 9, 210, '2900001000574'],
      ],
    ),
    illustration: 'camiseta-algodon.svg',
    alt: {
      es: 'Camiseta color maíz con bolsillo en el pecho, en gancho de madera',
      en: 'Maize T-shirt with a chest pocket on a wooden hanger',
    },
  },
  {
    handle: 'guayabera-lino',
    title: 'Guayabera de lino manga corta',
    titleEn: 'Short-sleeve linen guayabera',
    description:
      'Guayabera de 55 % lino y 45 % algodón con alforzas, cuatro bolsillos y botones de ' +
      'tagua. Fresca y de caída recta, para usar por fuera. Se arruga, como todo lino; ' +
      'plánchela húmeda.',
    descriptionEn:
      'Guayabera in 55% linen and 45% cotton with pleats, four pockets and tagua nut ' +
      'buttons. Cool and straight-cut, worn untucked. It creases, as all linen does; iron it ' +
      'damp.',
    seller: 'taller-cabuya',
    category: 'ropa',
    tags: ['guayabera', 'lino', 'tierra caliente'],
    ...optionsAndVariants(
      ['Color', 'Talla'],
      [
        ['CAB-GUA-CRU-S', ['Crudo', 'S'], '154900.00', null, 5, 260],
        ['CAB-GUA-CRU-M', ['Crudo', 'M'], '154900.00', null, 9, 275],
        ['CAB-GUA-CRU-L', ['Crudo', 'L'], '154900.00', null, 8, 290],
        ['CAB-GUA-CRU-XL', ['Crudo', 'XL'], '154900.00', null, 4, 305],
        ['CAB-GUA-AZU-S', ['Azul claro', 'S'], '154900.00', null, 6, 260],
        ['CAB-GUA-AZU-M', ['Azul claro', 'M'], '154900.00', null, 7, 275],
        ['CAB-GUA-AZU-L', ['Azul claro', 'L'], '154900.00', null, 0, 290],
        ['CAB-GUA-AZU-XL', ['Azul claro', 'XL'], '154900.00', null, 3, 305],
      ],
    ),
    illustration: 'guayabera-lino.svg',
    alt: {
      es: 'Guayabera de lino crudo con cuatro bolsillos y botones café',
      en: 'Natural linen guayabera with four pockets and brown buttons',
    },
  },
  {
    handle: 'medias-lana-rombos',
    title: 'Medias de lana con rombos',
    titleEn: 'Wool socks with diamonds',
    description:
      'Medias de media caña en 60 % lana, 35 % poliamida y 5 % elastano, con puño acanalado. ' +
      'Talón y punta reforzados. Se venden por par y se lavan a máquina, al revés y en frío.',
    descriptionEn:
      'Mid-calf socks in 60% wool, 35% polyamide and 5% elastane, with a ribbed cuff. ' +
      'Reinforced heel and toe. Sold by the pair; machine wash cold, inside out.',
    seller: 'taller-cabuya',
    category: 'ropa',
    tags: ['medias', 'lana'],
    ...optionsAndVariants(
      ['Color', 'Talla'],
      [
        ['CAB-MED-PET-S', ['Petróleo', '35–38'], '26900.00', null, 27, 80],
        ['CAB-MED-PET-L', ['Petróleo', '39–43'], '26900.00', null, 34, 95],
        ['CAB-MED-VIN-S', ['Vino', '35–38'], '26900.00', null, 16, 80],
        ['CAB-MED-VIN-L', ['Vino', '39–43'], '26900.00', null, 5, 95],
      ],
    ),
    illustration: 'medias-lana.svg',
    alt: {
      es: 'Par de medias petróleo con rombos, franjas crema y punta color arcilla',
      en: 'Pair of petrol socks with diamonds, cream stripes and clay toes',
    },
  },
  {
    handle: 'sombrero-cana-flecha',
    title: 'Sombrero vueltiao de 19 vueltas',
    titleEn: 'Vueltiao hat, 19 braids',
    description:
      'Sombrero de caña flecha trenzada y cosida, de 19 pares de fibras por trenza: ' +
      'flexible, se puede doblar sin marcarse. Las franjas negras se tiñen con barro y bija. ' +
      'Cada pinta es distinta.',
    descriptionEn:
      'Braided and stitched caña flecha hat, with 19 pairs of fibres per braid: flexible ' +
      'enough to fold without creasing. The black bands are dyed with mud and plant dye. ' +
      'Every pattern is different.',
    seller: 'taller-cabuya',
    category: 'calzado-y-accesorios',
    tags: ['sombrero', 'caña flecha', 'caribe'],
    ...optionsAndVariants(
      ['Talla'],
      [
        ['CAB-SOM-S', ['S (55 cm)'], '185000.00', null, 4, 190],
        ['CAB-SOM-M', ['M (57 cm)'], '185000.00', null, 9, 200],
        ['CAB-SOM-L', ['L (59 cm)'], '185000.00', null, 7, 210],
        ['CAB-SOM-XL', ['XL (61 cm)'], '185000.00', null, 0, 220],
      ],
    ),
    illustration: 'sombrero-vueltiao.svg',
    alt: {
      es: 'Sombrero vueltiao crema con franjas negras en copa y ala',
      en: 'Cream vueltiao hat with black bands on crown and brim',
    },
  },
  {
    handle: 'alpargatas-suela-fique',
    title: 'Alpargatas con suela de fique',
    titleEn: 'Espadrilles with fique sole',
    description:
      'Capellada de hilo de algodón, suela de fique trenzado y tiras negras para amarrar. ' +
      'Livianas y frescas. No son para lluvia: si el fique se moja, séquelo a la sombra.',
    descriptionEn:
      'Cotton yarn upper, braided fique sole and black ties. Light and cool. Not for rain: ' +
      'if the fique gets wet, dry it in the shade.',
    seller: 'taller-cabuya',
    category: 'calzado-y-accesorios',
    tags: ['alpargatas', 'fique', 'calzado'],
    ...optionsAndVariants(
      ['Talla'],
      [
        ['CAB-ALP-36', ['36'], '62000.00', null, 6, 360],
        ['CAB-ALP-37', ['37'], '62000.00', null, 9, 375],
        ['CAB-ALP-38', ['38'], '62000.00', null, 12, 390],
        ['CAB-ALP-39', ['39'], '62000.00', null, 8, 405],
        ['CAB-ALP-40', ['40'], '62000.00', null, 3, 420],
        ['CAB-ALP-41', ['41'], '62000.00', null, 0, 435],
      ],
    ),
    illustration: 'alpargatas-fique.svg',
    alt: {
      es: 'Par de alpargatas de algodón crudo con suela de fique y tiras negras',
      en: 'Pair of natural cotton espadrilles with fique soles and black ties',
    },
  },
  {
    handle: 'correa-cuero-costura',
    title: 'Correa de cuero con costura',
    titleEn: 'Stitched leather belt',
    description:
      'Correa de una sola pieza de cuero de res de 3,5 mm, con costura a los bordes y ' +
      'hebilla de latón macizo. Ancho de 35 mm. La talla es la distancia de la hebilla al ' +
      'agujero del medio.',
    descriptionEn:
      'One-piece cowhide belt, 3.5 mm thick, with edge stitching and a solid brass buckle. ' +
      'It is 35 mm wide. The size is the distance from the buckle to the middle hole.',
    seller: 'taller-cabuya',
    category: 'calzado-y-accesorios',
    tags: ['correa', 'cuero', 'latón'],
    ...optionsAndVariants(
      ['Color', 'Talla'],
      [
        ['CAB-COR-CAF-85', ['Café', '85 cm'], '84000.00', null, 8, 240],
        ['CAB-COR-CAF-95', ['Café', '95 cm'], '84000.00', null, 14, 265],
        ['CAB-COR-CAF-105', ['Café', '105 cm'], '84000.00', null, 7, 290],
        ['CAB-COR-NEG-85', ['Negro', '85 cm'], '84000.00', null, 10, 240],
        ['CAB-COR-NEG-95', ['Negro', '95 cm'], '84000.00', null, 12, 265],
        ['CAB-COR-NEG-105', ['Negro', '105 cm'], '84000.00', null, 4, 290],
      ],
    ),
    illustration: 'correa-cuero.svg',
    alt: {
      es: 'Correa de cuero café enrollada con hebilla dorada',
      en: 'Coiled brown leather belt with a gold-toned buckle',
    },
  },
];
