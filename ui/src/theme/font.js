// Takes WOFF2 in base64, which older WebKits do not read by themselves.
font => {
  const letters = () => {
    const text = atob(font), bytes = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
    return bytes;
  };
  const bytes = Uint8Array.fromBase64 ? Uint8Array.fromBase64(font) : letters();
  document.fonts.add(new FontFace('Plus Jakarta Sans Variable', bytes, { weight: '200 800' }));
}
