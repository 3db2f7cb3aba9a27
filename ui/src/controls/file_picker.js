// Asks for files outside of everything that is drawn from Rust, makes photos small, and tells each as it is ready.
const before = document.getElementById('file-picker');
if (before) before.remove();
const input = document.createElement('input');
input.type = 'file';
input.id = 'file-picker';
input.accept = wish.accept;
input.multiple = wish.most > 1;
input.style.display = 'none';
document.body.appendChild(input);

const read = file => new Promise((done, fail) => {
  const reader = new FileReader();
  reader.onload = () => done(reader.result);
  reader.onerror = fail;
  reader.readAsDataURL(file);
});
const shrink = file => new Promise((done, fail) => {
  const address = URL.createObjectURL(file), image = new Image();
  image.onload = () => {
    const scale = Math.min(1, wish.side / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
    canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
    const pen = canvas.getContext('2d');
    pen.fillStyle = 'white';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
    done(canvas.toDataURL('image/jpeg', 0.85));
  };
  image.onerror = () => { URL.revokeObjectURL(address); fail(); };
  image.src = address;
});

await new Promise(over => {
  input.addEventListener('cancel', over);
  input.addEventListener('change', async () => {
    for (const file of [...input.files].slice(0, wish.most)) {
      let address = '';
      try { address = file.type.startsWith('image/') ? await shrink(file) : await read(file); } catch { address = ''; }
      dioxus.send({ name: file.name, address });
    }
    over();
  });
  input.click();
});
input.remove();
