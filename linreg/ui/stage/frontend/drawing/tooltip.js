// The note beside the pointer on a flat panel.

export function tip({ figure, frame }, at, text) {
  const note = figure.querySelector(".lr-tip");
  note.hidden = !at;
  if (!at) return;
  note.textContent = text;
  const box = note.parentElement.getBoundingClientRect();
  const x = at.px + frame.margin.l,
    y = at.py + frame.margin.t;
  const left = x + 16 + note.offsetWidth > box.width ? x - 16 - note.offsetWidth : x + 16;
  note.style.left = `${Math.max(0, left)}px`;
  note.style.top = `${Math.max(0, Math.min(y - 10, box.height - note.offsetHeight))}px`;
}
