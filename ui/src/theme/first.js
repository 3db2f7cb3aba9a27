// Dioxus puts off whatever it draws until the next frame. Before the first screen that is a frame of nothing, which takes as long to
// paint as one of something: what is drawn first is drawn as it comes.
addEventListener('load', () => {
  const drawer = window.interpreter, place = document.getElementById('main');
  if (!drawer || drawer.headless) return;
  drawer.headless = true;
  new MutationObserver((_, watch) => {
    drawer.headless = false;
    watch.disconnect();
  }).observe(place, { childList: true });
});
