// Rings: two short tones, again and again, until it is stopped. Where there is no sound, nothing happens.
window.RapiBell = (() => {
  let sound = null, timer = 0;

  function tone(pitch, after, seconds) {
    const start = sound.currentTime + after, wave = sound.createOscillator(), loud = sound.createGain();
    wave.type = 'sine';
    wave.frequency.value = pitch;
    loud.gain.setValueAtTime(0, start);
    loud.gain.linearRampToValueAtTime(0.25, start + 0.02);
    loud.gain.exponentialRampToValueAtTime(0.001, start + seconds);
    wave.connect(loud).connect(sound.destination);
    wave.start(start);
    wave.stop(start + seconds);
  }

  function strike() {
    try { tone(880, 0, 0.35); tone(1175, 0.22, 0.5); } catch { stop(); }
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
  }

  return {
    ringing: () => timer !== 0,
    start() {
      if (timer) return;
      try {
        sound = sound || new AudioContext();
        sound.resume().catch(() => {});
      } catch { return; }
      strike();
      timer = setInterval(strike, 1600);
    },
    stop,
  };
})();
