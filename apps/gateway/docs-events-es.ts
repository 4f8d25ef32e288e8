/**
 * What each event says, for Spanish readers: the contracts say it in English. By the type, or by its name
 * alone where every context tells the same of itself.
 */
export const eventTexts: Readonly<Record<string, string>> = {
  'export-part-made.v1':
    'Un contexto reunió su parte de la copia de datos que alguien pidió: dónde está el archivo y qué contiene.',
  'personal-data-erased.v1':
    'Un contexto olvidó quién era el titular de una cuenta borrada; los libros conservan el identificador.',
  'staff-acted.v1':
    'Alguien del equipo hizo algo con lo de otra persona o con la tienda: quién, qué, cuándo y desde dónde, para la auditoría.',
  'catalog.low-stock.v1':
    'Lo que queda de una variante bajó hasta su umbral; una vez por cada caída.',
  'catalog.product-changed.v1':
    'Lo que otros contextos pueden saber de un producto, completo, después de cada cambio: una versión nueva reemplaza a la anterior. Una variante está en venta solo mientras su producto está activo. `categoryIds` es su categoría y las que están por encima, primero la más cercana; `taxClass` es el nombre que da el operador a su impuesto.',
  'catalog.stock-rejected.v1':
    'No se pudieron apartar todas las líneas de un pedido, así que ninguna se apartó. `late`: el pedido se pagó cuando su reserva había terminado y las existencias ya se habían vendido.',
  'catalog.stock-reserved.v1':
    'Todas las líneas de un pedido están apartadas para él hasta `expiresAt`.',
  'engagements.job-delivered.v1':
    'El trabajo se entregó, o algunas de sus partes; no se nombra ninguna cuando es todo. Desde aquí cuenta el silencio de quien compra.',
  'engagements.payment-requested.v1':
    'Un trabajo está acordado y se puede pagar hasta `payBy`. El dinero se retiene por partes, como materiales, mano de obra y una garantía, cada una con su propia regla para liberarse; todas en una moneda y mayores que cero. La comisión de la plataforma y su impuesto quedan fijos con él.',
  'identity.account-changed.v1':
    'Lo que es una cuenta desde ahora, completo: se publica cuando se comprueba su correo, cambian sus roles, o se desactiva o se activa. Cuenta la `aggregate_version` más nueva, lleguen en el orden en que lleguen.',
  'identity.account-erased.v1':
    'Una cuenta se cerró para siempre: nadie entra con ella, y cada contexto olvida de quién era.',
  'identity.account-registered.v1':
    'Alguien abrió una cuenta. Se publica una vez por cuenta; el correo todavía no está comprobado. El teléfono y los roles llegaron después: un mensaje de una versión anterior no los tiene.',
  'identity.email-changed.v1':
    'Una cuenta pasó a otro correo, que su titular comprobó en ambos extremos.',
  'identity.email-verified.v1': 'El titular de una cuenta comprobó su correo.',
  'identity.erasure-refused.v1': 'Una cuenta se queda, porque Plaza se quedaría sin administrador.',
  'identity.security-changed.v1':
    'Cambió lo que permite entrar en una cuenta: su titular debe saberlo, por si no fue suyo el cambio. Una vez por cambio; una cuenta que se abre no dice nada.',
  'orders.guest-access-granted.v1':
    'Quien muestre el código de acceso con este SHA-256 puede ver y pagar el pedido sin cuenta hasta entonces. El código tiene 256 bits al azar, así que su huella no dice a nadie cuál es.',
  'orders.guest-contact-given.v1':
    'Alguien sin cuenta pagó, así que se puede escribir sobre este pedido al correo que dio. Nadie lo ha comprobado. `accountId` es el identificador propio de quien compró sin cuenta: por él se saca a la persona del mensaje, como de los mensajes de las cuentas.',
  'orders.lines-delivered.v1':
    'Algunos vendedores de un pedido entregaron todas sus líneas y otros todavía no. La última entrega de un pedido es `orders.order-delivered.v1`, que dice que todo llegó.',
  'orders.order-cancelled.v1':
    'Un pedido terminó antes de enviarse. Lo pagado se devuelve con un mensaje aparte.',
  'orders.order-claimed.v1':
    'Una cuenta demostró que un pedido hecho sin cuenta es suyo: lo que era de `guestId` es de la cuenta desde ahora, y ningún código de acceso lo abre más. Una vez por pedido.',
  'orders.order-delivered.v1': 'Un pedido llegó a quien lo compró.',
  'orders.order-failed.v1':
    'Un pedido terminó antes de pagarse: no había existencias o se rechazó el pago.',
  'orders.order-paid.v1':
    'El total de un pedido está pagado y sus existencias vendidas. `tax` es cuánto del total son impuestos.',
  'orders.order-placed.v1':
    'Alguien se comprometió a un pedido con estos precios, impuestos incluidos. Se publica una vez por pedido; debe pagarse antes de `payBy`. Donde el operador no tiene tasa para una línea, no hay `tax`.',
  'orders.order-refunded.v1':
    'Dinero de un pedido volvió a quien lo compró; `isFull` cuando a los vendedores no les queda nada.',
  'orders.order-shipped.v1': 'El vendedor entregó un pedido para su envío.',
  'orders.payment-requested.v1':
    'Las existencias de un pedido están apartadas y su total se puede cobrar hasta `payBy`. `shares` dice cuánto es de cada vendedor; suman el total, igual que `lines` con `shipping`: lo vendido, impuestos incluidos, con la categoría de cada producto y las que están por encima, primero la más cercana. Una variante aparece una vez. Los pedidos de versiones anteriores no tienen líneas.',
  'orders.refund-requested.v1':
    'Lo cobrado por un pedido debe volver completo a quien lo compró; una vez por cada pago.',
  'payments.chargeback-closed.v1':
    'Un contracargo terminó: ganado, y las partes quedan libres; o perdido, y el dinero se fue.',
  'payments.chargeback-opened.v1':
    'Quien compró desconoce un pago ante su banco; las partes de los vendedores se congelan.',
  'payments.escrow-disputed.v1':
    'Una de las partes reclama por una parte de un trabajo; esa espera una decisión y las demás no.',
  'payments.escrow-held.v1':
    'El pago de un trabajo está capturado y espera, parte por parte. Una vez por trabajo.',
  'payments.escrow-refunded.v1':
    '`amount` de lo retenido por una parte de un trabajo vuelve a quien compró; su devolución va en camino.',
  'payments.escrow-released.v1':
    'Una parte de un trabajo pasó a quien lo hizo: `net`, después de la comisión y su impuesto. El resto de lo retenido, si hay, lo cuenta `payments.escrow-refunded.v1`.',
  'payments.fraud-alerted.v1':
    'El proveedor sospecha un fraude: lo que pagó ese pago no debe entregarse, y se devuelve.',
  'payments.payment-completed.v1':
    'El dinero de un pago está capturado. Como mucho una vez por pago, y un pago por pedido.',
  'payments.payment-failed.v1':
    'El proveedor rechazó un pago definitivamente; `reason` es un código estable como `card_declined`.',
  'payments.payout-destination-changed.v1':
    'El dinero de alguien va a otra cuenta desde `usableAt`; se le avisa y puede oponerse.',
  'payments.payout-failed.v1':
    'El dinero no llegó, o volvió (`isReturned`): está disponible otra vez.',
  'payments.payout-paid.v1': 'El dinero llegó, según confirma el banco; todavía puede volver.',
  'payments.payout-requested.v1': 'Lo que ganó un vendedor o profesional va en camino a su banco.',
  'payments.refund-completed.v1':
    'Dinero de un pago volvió a quien pagó. `refundedTotal` cuenta esta devolución y todas las anteriores.',
  'payments.refund-failed.v1':
    'El proveedor rechazó una devolución definitivamente; debe actuar el operador.',
  'payments.restock-requested.v1':
    'Una devolución de líneas ya hecha dice cuáles unidades vuelven al estante: como mucho las que devolvió, que son como mucho las vendidas. Se cuenta una vez por devolución, y solo cuando hay alguna.',
  'payments.seller-link-ended.v1':
    'La cuenta de un vendedor en un proveedor ya no nos permite actuar por él; se le avisa para que la conecte otra vez.',
  'users.erasure-requested.v1':
    'Hay que borrar una cuenta. Solo identity decide, y responde que se borró o por qué no.',
  'users.export-requested.v1':
    'Alguien pide todo lo que se guarda de su cuenta: cada contexto escribe su parte.',
  'users.profile-updated.v1':
    'Alguien tiene otro nombre, teléfono o idioma; completo, así que cuenta la versión más nueva.',
};

/** Undefined: nobody has said it in Spanish. */
export const spanishTextOf = (type: string): string | undefined =>
  eventTexts[type] ?? eventTexts[type.replace(/^[^.]+\./, '')];
