// The first screen comes with the page. Dioxus draws it again, as it will draw everything, and that one takes its place between two
// frames. What was pressed or typed until then is not lost: it is handed on.
(() => {
  const CONTROLS = 'button, a[href], input, textarea, select';
  let pressed = null;
  const keep = event => {
    const control = event.target.closest('button, a[href]');
    if (!control) return;
    pressed = control;
    event.preventDefault();
  };
  addEventListener('click', keep, true);

  function handOn(first, drawn) {
    const controls = nodes => nodes.flatMap(node => node.querySelectorAll ? [...node.querySelectorAll(CONTROLS)] : []);
    const before = controls(first), after = controls(drawn), held = before.indexOf(document.activeElement);
    first.forEach(node => node.remove());
    // Another screen than the first was drawn: nothing there is what was meant.
    if (before.length !== after.length) return;
    before.forEach((control, at) => {
      if (control.defaultValue === undefined || control.value === control.defaultValue) return;
      after[at].value = control.value;
      after[at].dispatchEvent(new Event('input', { bubbles: true }));
    });
    after[held]?.focus();
    after[before.indexOf(pressed)]?.click();
  }

  addEventListener('load', () => {
    const place = document.getElementById('main'), first = [...place.childNodes], begin = window.onload;
    new MutationObserver((_, watch) => {
      watch.disconnect();
      removeEventListener('click', keep, true);
      handOn(first, [...place.childNodes].filter(node => !first.includes(node)));
    }).observe(place, { childList: true });
    // Dioxus begins once the first screen is painted. Where a window is shown only when Dioxus says so, nobody waits for that.
    if (!begin || !first.length || window.interpreter.headless) return;
    let waits = true;
    const once = () => {
      if (waits) begin();
      waits = false;
    };
    window.onload = null;
    requestAnimationFrame(() => setTimeout(once));
    setTimeout(once, 100);
  });
})();
