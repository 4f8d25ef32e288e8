/** The library is loaded with the first receipt: everybody else pays for start. */
export const drawQrCode = async (text: string): Promise<string> => {
  const { renderSVG } = await import('uqr');
  return renderSVG(text, { ecc: 'M', border: 2 });
};
