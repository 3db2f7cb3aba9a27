// Lets people pick photos and hands them over small enough to be sent. The inputs stand outside of what Dioxus draws: one
// within it would open a dialog of the renderer's own on computers, and give nothing on phones.
window.RapiFiles = (() => {
  const LONGEST = 1600, SMALL = 240;

  // A press opens the dialog within the page itself: only then does the browser take it for the person's own wish.
  document.addEventListener('click', event => {
    const button = event.target instanceof Element && event.target.closest('[data-picks]');
    if (button) document.getElementById(button.dataset.picks)?.click();
  });

  function load(address) {
    return new Promise((done, fail) => {
      const image = new Image();
      image.onload = () => done(image);
      image.onerror = fail;
      image.src = address;
    });
  }

  function drawn(image, longest, quality) {
    const part = Math.min(1, longest / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(image.naturalWidth * part));
    canvas.height = Math.max(1, Math.round(image.naturalHeight * part));
    const paper = canvas.getContext('2d');
    paper.fillStyle = 'white';
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/jpeg', quality);
  }

  async function read(file) {
    const address = URL.createObjectURL(file);
    try {
      const image = await load(address);
      const name = (file.name.replace(/\.[^.]*$/, '') || 'foto') + '.jpg';
      return { name, data: drawn(image, LONGEST, .86).split(',')[1], preview: drawn(image, SMALL, .75) };
    } catch {
      return { name: file.name, data: '', preview: '' };
    } finally {
      URL.revokeObjectURL(address);
    }
  }

  return {
    listen(id, multiple, tell) {
      this.forget(id);
      const input = Object.assign(document.createElement('input'), { id, type: 'file', accept: 'image/*', multiple, tabIndex: -1, className: 'seen-not' });
      input.setAttribute('aria-hidden', 'true');
      input.addEventListener('change', async () => {
        const files = [...input.files];
        input.value = '';
        for (const file of files) tell(await read(file));
      });
      document.body.append(input);
    },
    forget(id) {
      document.getElementById(id)?.remove();
    },
  };
})();
