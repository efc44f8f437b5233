'use strict';
// Theme, series and values under the pointer. Without this script the page still tells everything.
(() => {
  const root = document.documentElement;
  root.classList.add('live');

  const night = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : night.matches);
  const button = document.getElementById('theme');
  const label = () => { button.textContent = isDark() ? 'Light theme' : 'Dark theme'; };
  button.addEventListener('click', () => { root.dataset.theme = isDark() ? 'light' : 'dark'; label(); });
  night.addEventListener('change', label);
  label();

  // Paper has nothing to open.
  addEventListener('beforeprint', () => {
    for (const folded of document.querySelectorAll('#settings details')) folded.open = true;
  });

  const inSvg = (name, values, parent) => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const key in values) made.setAttribute(key, values[key]);
    return parent.appendChild(made);
  };

  const wire = (figure) => {
    const paper = figure.querySelector('.paper');
    const svg = paper && paper.querySelector('svg');
    const store = figure.querySelector('script.readings');
    if (!svg || !store) return;
    const { series, probes, spots } = JSON.parse(store.textContent);
    const hidden = new Set();
    const cursor = inSvg('g', { class: 'cursor' }, svg);
    const tip = paper.appendChild(document.createElement('div'));
    tip.className = 'tip';
    tip.setAttribute('role', 'status');
    tip.hidden = true;
    let at = null;

    const hide = () => { cursor.replaceChildren(); tip.hidden = true; at = null; };

    const line = (text, token) => {
      const row = tip.appendChild(document.createElement('div'));
      if (token) {
        const swatch = row.appendChild(document.createElement('span'));
        swatch.className = 'swatch';
        swatch.style.background = token;
      }
      row.append(text);
    };

    // Beside the point, inside the paper.
    const place = (x, y) => {
      tip.hidden = false;
      const box = svg.viewBox.baseVal, seen = svg.getBoundingClientRect(), frame = paper.getBoundingClientRect();
      const scale = seen.width / box.width;
      const left = (x - box.x) * scale + seen.left - frame.left, top = (y - box.y) * scale + seen.top - frame.top;
      const flip = left + tip.offsetWidth + 24 > frame.width;
      tip.style.left = Math.max(4, flip ? left - tip.offsetWidth - 14 : left + 14) + 'px';
      tip.style.top = Math.max(4, Math.min(top, frame.height - tip.offsetHeight - 4)) + 'px';
    };

    const probe = (panel, stop) => {
      const { plot, heading, across, stops, tracks } = probes[panel];
      at = { panel, stop };
      cursor.replaceChildren();
      tip.replaceChildren();
      const [x, words] = stops[stop];
      inSvg('line', { x1: x, x2: x, y1: plot[1], y2: plot[3], class: 'k-soft' }, cursor);
      line((heading ? heading + ' · ' : '') + (across ? across + ': ' : '') + words);
      for (const { series: number, readings } of tracks) {
        if (hidden.has(number) || !readings[stop]) continue;
        const [y, text] = readings[stop];
        inSvg('circle', { cx: x, cy: y, r: 4, fill: series[number][1] }, cursor);
        line(series[number][0] + ': ' + text, series[number][1]);
      }
      place(x, plot[1] + 4);
    };

    const spot = (index) => {
      const seen = svg.querySelectorAll('.spot')[index], box = seen.getBBox();
      at = { spot: index };
      cursor.replaceChildren();
      inSvg('path', { d: seen.getAttribute('d'), class: 'k-ink' }, cursor);
      tip.replaceChildren();
      spots[index].forEach((words) => line(words));
      place(box.x + box.width / 2, box.y + box.height / 2);
    };

    const point = (event) => {
      if (event.target.classList.contains('spot')) return spot(Number(event.target.dataset.i));
      const box = svg.viewBox.baseVal, seen = svg.getBoundingClientRect(), scale = box.width / seen.width;
      const x = (event.clientX - seen.left) * scale + box.x, y = (event.clientY - seen.top) * scale + box.y;
      const panel = probes.findIndex(({ plot }) => x >= plot[0] - 6 && x <= plot[2] + 6 && y >= plot[1] - 20 && y <= plot[3] + 20);
      if (panel < 0) return hide();
      const stops = probes[panel].stops;
      let nearest = 0;
      stops.forEach((stop, index) => { if (Math.abs(stop[0] - x) < Math.abs(stops[nearest][0] - x)) nearest = index; });
      return probe(panel, nearest);
    };

    const step = (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1, PageDown: 10, PageUp: -10, Home: -1e9, End: 1e9 }[event.key];
      const turn = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === 'Escape') return hide();
      if (!by && !turn) return undefined;
      event.preventDefault();
      const inside = (value, count) => Math.max(0, Math.min(count - 1, value));
      if (!probes.length) return spot(at ? inside(at.spot + (by || turn), spots.length) : 0);
      const panel = at && turn ? inside(at.panel + turn, probes.length) : at ? at.panel : 0;
      const from = at ? at.stop : by < 0 ? probes[panel].stops.length : -1;
      return probe(panel, inside(from + (by || 0), probes[panel].stops.length));
    };

    if (probes.length || spots.length) {
      paper.tabIndex = 0;
      paper.setAttribute('role', 'group');
      paper.setAttribute('aria-label', 'Values of the chart: arrow keys');
      svg.addEventListener('pointermove', point);
      svg.addEventListener('pointerdown', point);
      svg.addEventListener('pointerleave', hide);
      paper.addEventListener('keydown', step);
      paper.addEventListener('blur', hide);
    }

    for (const entry of figure.querySelectorAll('.legend button')) {
      const number = Number(entry.dataset.s);
      entry.addEventListener('click', () => {
        const show = hidden.delete(number);
        if (!show) hidden.add(number);
        entry.setAttribute('aria-pressed', String(show));
        for (const group of svg.querySelectorAll(`g[data-s="${number}"]`)) group.classList.toggle('away', !show);
        hide();
      });
    }
  };
  document.querySelectorAll('figure').forEach(wire);
})();
