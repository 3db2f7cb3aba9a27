// Speaks with Leaflet for the map component: draws what it is told, glides those who travel, tells where the pin stands and which marker was chosen.
window.RapiMap = (() => {
  const maps = new Map();
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;

  function whenThere(id, then, tries = 200) {
    const field = document.getElementById(id);
    if (field && field.clientHeight > 0) then(field);
    else if (tries > 0) setTimeout(() => whenThere(id, then, tries - 1), 25);
  }

  // Leaflet comes with the first map. Its rules stand first, so that those of the page have the last word.
  let leaflet = null;
  const part = name => fetch('/map/' + name).then(answer => answer.ok ? answer.text() : Promise.reject(new Error(name)));
  function wake() {
    leaflet ??= Promise.all([part('leaflet.css'), part('leaflet.js')]).then(([sheet, script]) => {
      const rules = document.createElement('style');
      rules.textContent = sheet;
      document.head.prepend(rules);
      (0, eval)(script);
    });
    leaflet.catch(() => { leaflet = null; });
    return leaflet;
  }

  function open(id, field, view) {
    const map = L.map(field, { zoomControl: false, attributionControl: !!window.RAPI_TILES, minZoom: 3, maxZoom: 19 });
    if (window.RAPI_TILES) L.tileLayer(window.RAPI_TILES.url, { attribution: window.RAPI_TILES.attribution, maxZoom: 19 }).addTo(map);
    map.setView(view.centre || [-6.2, 106.82], view.centre ? view.zoom || 16 : 11);
    const entry = { map, markers: new Map(), way: null, known: '', tell: null };
    map.on('moveend', () => tell(entry));
    new ResizeObserver(() => map.invalidateSize()).observe(field);
    maps.set(id, entry);
    return entry;
  }

  function tell(entry) {
    if (!entry.tell) return;
    const place = entry.map.getCenter();
    entry.tell({ latitude: place.lat, longitude: place.lng });
  }

  function glide(entry, marker, to, seconds) {
    cancelAnimationFrame(marker.frame);
    const from = marker.pin.getLatLng(), start = performance.now();
    if (calm || seconds <= 0 || document.hidden) return place(marker, to);
    const step = now => {
      const part = Math.min(1, (now - start) / (seconds * 1000));
      place(marker, [from.lat + (to[0] - from.lat) * part, from.lng + (to[1] - from.lng) * part]);
      if (part < 1) marker.frame = requestAnimationFrame(step);
    };
    marker.frame = requestAnimationFrame(step);
  }

  function place(marker, at) {
    marker.pin.setLatLng(at);
    if (marker.ring) marker.ring.setLatLng(at);
    if (marker.way) marker.way.setLatLngs([at, ...marker.way.getLatLngs().slice(1)]);
  }

  // A way that begins at somebody who travels begins where she is seen.
  function tie(entry, view) {
    for (const told of view.markers) {
      const marker = entry.markers.get(told.id), start = view.way[0];
      const leads = entry.way && told.kind === 'traveller' && start[0] === told.latitude && start[1] === told.longitude;
      marker.way = leads ? entry.way : null;
      if (leads) place(marker, marker.pin.getLatLng());
    }
  }

  function drawMarker(entry, told) {
    const at = [told.latitude, told.longitude];
    let marker = entry.markers.get(told.id);
    if (marker && marker.kind !== told.kind) { remove(entry, told.id); marker = null; }
    if (!marker) {
      const face = document.createElement('span');
      face.className = 'map-dot map-dot-' + told.kind + (told.letters ? ' map-letters' : '');
      face.textContent = told.letters || '';
      const size = told.can_be_chosen ? 44 : 28;
      const icon = L.divIcon({ html: face, className: 'map-marker', iconSize: [size, size] });
      const pin = L.marker(at, { icon, title: told.label, alt: told.label, keyboard: told.can_be_chosen, interactive: told.can_be_chosen }).addTo(entry.map);
      marker = { pin, kind: told.kind, ring: null, frame: 0 };
      entry.markers.set(told.id, marker);
      if (told.can_be_chosen) choosable(entry, told.id, pin);
    } else {
      glide(entry, marker, at, told.glide_seconds);
    }
    const button = marker.pin.getElement();
    button.title = told.label;
    if (told.can_be_chosen) {
      button.setAttribute('aria-label', told.label);
      button.setAttribute('aria-pressed', told.is_chosen);
      marker.pin.setZIndexOffset(told.is_chosen ? 1000 : 0);
    }
    if (told.accuracy_meters && !marker.ring) marker.ring = L.circle(at, { radius: told.accuracy_meters, className: 'map-ring', interactive: false }).addTo(entry.map);
    if (marker.ring && told.accuracy_meters) marker.ring.setRadius(told.accuracy_meters);
    if (marker.ring && !told.accuracy_meters) { marker.ring.remove(); marker.ring = null; }
  }

  // By a tap, and by the keys that press any button.
  function choosable(entry, id, pin) {
    const choose = () => entry.tell && entry.tell({ marker: id });
    pin.on('click', choose);
    pin.getElement().addEventListener('keydown', event => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      choose();
    });
  }

  function remove(entry, id) {
    const marker = entry.markers.get(id);
    cancelAnimationFrame(marker.frame);
    marker.pin.remove();
    if (marker.ring) marker.ring.remove();
    entry.markers.delete(id);
  }

  function show(entry, view, picking) {
    const ids = view.markers.map(marker => marker.id).sort().join() + '|' + (view.centre || '');
    if (ids === entry.known) return;
    entry.known = ids;
    if (picking || view.markers.length === 0) {
      if (view.centre) entry.map.setView(view.centre, view.zoom || 16, { animate: false });
    } else if (view.markers.length === 1) {
      entry.map.setView([view.markers[0].latitude, view.markers[0].longitude], view.zoom || 15, { animate: false });
    } else {
      entry.map.fitBounds(view.markers.map(marker => [marker.latitude, marker.longitude]), { paddingTopLeft: [56, 56 + view.covered[0]], paddingBottomRight: [56, 56 + view.covered[1]], maxZoom: 16, animate: false });
    }
  }

  return {
    draw(id, view, picking) {
      wake().then(() => whenThere(id, field => {
        const entry = maps.get(id) || open(id, field, view);
        for (const id of [...entry.markers.keys()]) if (!view.markers.some(marker => marker.id === id)) remove(entry, id);
        view.markers.forEach(marker => drawMarker(entry, marker));
        if (entry.way) entry.way.remove();
        entry.way = view.way.length > 1 ? L.polyline(view.way, { className: 'map-way', interactive: false }).addTo(entry.map) : null;
        tie(entry, view);
        show(entry, view, picking);
      }));
    },
    listen(id, callback) {
      whenThere(id, () => {
        const wait = () => { const entry = maps.get(id); if (entry) entry.tell = callback; else setTimeout(wait, 25); };
        wait();
      });
    },
    forget(id) {
      const entry = maps.get(id);
      if (entry) { entry.map.remove(); maps.delete(id); }
    },
    // Where a marker stands right now: what is seen, for those who test it.
    where(label) {
      for (const entry of maps.values()) for (const marker of entry.markers.values())
        if (marker.pin.options.title === label) { const at = marker.pin.getLatLng(); return [at.lat, at.lng]; }
      return null;
    },
    moveTo(id, latitude, longitude) {
      const entry = maps.get(id);
      if (entry) entry.map.setView([latitude, longitude], entry.map.getZoom(), { animate: false });
    },
  };
})();
