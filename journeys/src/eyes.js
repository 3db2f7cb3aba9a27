// What a person sees and does on a page, for whoever drives it: finds visible controls by their accessible names.
window.eyes = (() => {
  const CONTROLS = 'button, a[href], input, textarea, select, [role=button], [role=tab], [role=switch], [role=radio], [role=option], [tabindex="0"]';
  const shown = element => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden';
  const tidy = text => (text || '').replace(/[⁨⁩]/g, '').replace(/\s+/g, ' ').trim();

  function nameOf(element) {
    const by = element.getAttribute('aria-labelledby');
    const label = element.id && document.querySelector(`label[for="${CSS.escape(element.id)}"]`);
    return tidy(element.getAttribute('aria-label') || (by && document.getElementById(by)?.innerText) || label?.innerText
      || (element.matches('input, textarea, select') ? element.getAttribute('placeholder') : element.innerText) || element.title);
  }

  // What lies on top is meant: a sheet covers what is below it.
  function controls() {
    const layers = [...document.querySelectorAll('[aria-modal=true]')].filter(shown);
    const within = layers.length ? layers[layers.length - 1] : document;
    return [...within.querySelectorAll(CONTROLS)].filter(shown);
  }

  function find(name) {
    const all = controls();
    return all.find(one => nameOf(one) === name || one.dataset.testid === name) || all.find(one => nameOf(one).startsWith(name)) || all.find(one => nameOf(one).includes(name));
  }

  const isBusy = element => element.getAttribute('aria-busy') === 'true' || element.getAttribute('aria-disabled') === 'true' || element.disabled;

  function field(name) {
    return controls().find(one => one.matches('input, textarea, select') && (one.name === name || nameOf(one) === name))
      || controls().find(one => one.matches('input, textarea, select') && nameOf(one).startsWith(name));
  }

  return {
    nameOf,
    sees: text => tidy(document.body.innerText).includes(tidy(text)),
    tap(name) {
      const control = find(name);
      if (!control || isBusy(control)) return false;
      control.scrollIntoView({ block: 'nearest' });
      control.focus?.();
      control.click();
      return true;
    },
    slide(name) {
      const control = find(name);
      if (!control || isBusy(control)) return false;
      const place = control.getBoundingClientRect(), y = place.top + place.height / 2;
      const at = (type, x) => control.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, clientX: x, clientY: y, pointerId: 1, isPrimary: true }));
      at('pointerdown', place.left + 30);
      at('pointermove', place.right - 20);
      at('pointerup', place.right - 20);
      return true;
    },
    fill(name, text) {
      const element = field(name);
      if (!element) return false;
      element.focus();
      const kind = element.tagName === 'TEXTAREA' ? HTMLTextAreaElement : element.tagName === 'SELECT' ? HTMLSelectElement : HTMLInputElement;
      Object.getOwnPropertyDescriptor(kind.prototype, 'value').set.call(element, text);
      element.dispatchEvent(new Event('input', { bubbles: true }));
      element.dispatchEvent(new Event('change', { bubbles: true }));
      return true;
    },
    enter(name) {
      const element = field(name);
      if (!element) return false;
      element.scrollIntoView({ block: 'center' });
      element.focus();
      return document.activeElement === element;
    },
    holds: (name, text) => field(name)?.value === text,
    submit() {
      const forms = [...document.querySelectorAll('form')].filter(shown);
      const form = forms[forms.length - 1];
      const button = form && form.querySelector('[type=submit]');
      if (!button || isBusy(button)) return false;
      button.click();
      return true;
    },
    givePicture(name) {
      // A picker and its input know each other by a name of their own; which of the inputs stands last is chance.
      const input = document.getElementById(find(name)?.dataset.picks);
      if (!input) return false;
      const canvas = document.createElement('canvas');
      canvas.width = 320; canvas.height = 200;
      const paint = canvas.getContext('2d');
      paint.fillStyle = '#7ab39a'; paint.fillRect(0, 0, 320, 200);
      paint.fillStyle = '#ffffff'; paint.fillRect(24, 24, 120, 24);
      const bytes = Uint8Array.from(atob(canvas.toDataURL('image/png').split(',')[1]), letter => letter.charCodeAt(0));
      const files = new DataTransfer();
      files.items.add(new File([bytes], 'foto.png', { type: 'image/png' }));
      input.files = files.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
      return true;
    },
    nameless: () => [...document.querySelectorAll(CONTROLS)].filter(shown)
      .filter(one => !nameOf(one) && one.getAttribute('aria-hidden') !== 'true' && !one.closest('.leaflet-container'))
      .map(one => one.outerHTML.slice(0, 160)),
    // What does not fit: screens that one would have to push sideways, and words on controls that are cut off.
    unfit: () => [...document.querySelectorAll('body *')].filter(shown).filter(one => one.scrollWidth > one.clientWidth + 1)
      .filter(one => one.matches('.app, .button, .chip, .tab, .place, .tag')
        || (getComputedStyle(one).overflowX === 'auto' && !one.matches('.job-photos, .offers-choice')))
      .map(one => one.outerHTML.slice(0, 160)),
    // Whoever sets out from here has arrived once there is another page.
    setOut: () => (window.left = document.querySelector('main'), true),
    arrived: () => !!document.querySelector('main') && document.querySelector('main') !== window.left,
    // Grey bars stand where something will be.
    waits: () => [...document.querySelectorAll('[role=status][aria-busy=true]')].some(shown),
    // A part of the page says what went wrong.
    failed: () => [...document.querySelectorAll('.empty[role=alert]')].some(shown),
    // Asks again for what failed; true when all is here.
    heals() {
      const part = [...document.querySelectorAll('.empty[role=alert]')].find(shown);
      part?.querySelector('button')?.click();
      return !part && !this.waits();
    },
    // Opens the row of a table in which `text` stands.
    open(text) {
      const row = [...document.querySelectorAll('[role=row]')].find(one => shown(one) && tidy(one.innerText).includes(text));
      row?.click();
      return !!row;
    },
    // What one types into, by name.
    fields: () => controls().filter(one => one.matches('textarea, input') && ['textarea', 'text', 'tel', 'search', 'password'].includes(one.type))
      .map(one => ({ name: one.name, keyboard: one.inputMode, most: one.maxLength > 0 ? one.maxLength : null })),
    rests: () => !document.querySelector('[role=status][aria-busy=true]')
      && !document.getAnimations().some(motion => motion.playState === 'running' && motion.effect?.getComputedTiming().iterations !== Infinity),
  };
})();
