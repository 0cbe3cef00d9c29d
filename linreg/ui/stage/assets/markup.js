// The stage's elements. Nothing that a user typed or uploaded is ever put in here: names arrive as text content.

const line = (dash) => `<line x1="0" y1="6" x2="24" y2="6" stroke="currentColor" stroke-width="3" stroke-dasharray="${dash}"/>`;
const GLYPHS = {
  line: line(""),
  dash: line("6 4"),
  dot: line("2 3"),
  thin: '<line x1="0" y1="6" x2="24" y2="6" stroke="currentColor" stroke-width="1.2"/>',
  point: '<circle cx="12" cy="6" r="4.5" fill="currentColor"/>',
  square: '<rect x="7" y="1" width="10" height="10" fill="none" stroke="currentColor" stroke-width="2"/>',
  star: '<path d="M12 0l1.8 4.2 4.5.4-3.4 3 1 4.4-3.9-2.4-3.9 2.4 1-4.4-3.4-3 4.5-.4z" fill="currentColor"/>',
  diamond: '<path d="M12 0l6 6-6 6-6-6z" fill="currentColor"/>',
  arrow: '<path d="M0 6h16M14 1l9 5-9 5z" stroke="currentColor" stroke-width="2" fill="currentColor"/>',
};

const key = (role, glyph, text, extra = "") =>
  `<span ${extra}><svg viewBox="0 0 24 12" style="color:var(--${role})" aria-hidden="true">${GLYPHS[glyph]}</svg><span>${text}</span></span>`;

const panel = (name, title, controls, legend, canvas) => `
  <figure class="lr-panel" data-panel="${name}">
    <figcaption><h3>${title}</h3>${controls}</figcaption>
    <div class="lr-canvas">${canvas}<div class="lr-tip" hidden></div></div>
    <div class="lr-legend">${legend}</div>
  </figure>`;

const plot = '<div class="lr-plot" role="img"></div>';
const space = '<div class="lr-space" role="img"></div>';

export const MARKUP = `
<div class="lr-transport" role="group" aria-label="Transport">
  <button type="button" class="lr-play" title="Space">Play</button>
  <button type="button" class="lr-back" title="Left arrow or Page up">Step back</button>
  <button type="button" class="lr-next" title="Right arrow or Page down">Step</button>
  <button type="button" class="lr-reset" title="Home">Reset</button>
  <span class="lr-scrub"><input type="range" min="0" step="1" value="0" aria-label="Step"><output aria-hidden="true"></output></span>
  <label>Speed <select class="lr-speed" aria-label="Speed in steps per second"></select></label>
</div>
<div class="lr-rate">
  <label>Learning rate η <input type="number" class="lr-rate-number" min="0" step="any" aria-label="Learning rate as a number"></label>
  <div class="lr-track">
    <div class="lr-zones" aria-hidden="true"><span class="lr-smooth">smooth</span><span class="lr-zigzag">zig-zag</span><span class="lr-diverging">diverging</span><span class="lr-edge"></span><span class="lr-tick"></span><span class="lr-best">fastest</span></div>
    <input type="range" class="lr-rate-range" aria-label="Learning rate">
  </div>
  <p class="lr-forecast"><span></span><button type="button" hidden></button></p>
</div>
<p class="lr-status" role="status"></p>
<div class="lr-panels">
  ${panel("data", "Data and model",
    `<label class="lr-view" hidden><select aria-label="What the data panel shows"></select></label>
     <label class="lr-draw" hidden>A click <select aria-label="What a click on the data does"><option value="add">adds or moves a point</option><option value="remove">removes a point</option></select></label><span class="lr-note"></span>`,
    key("data", "point", "row", 'data-key="row"') + key("model", "line", "model", 'data-key="model"') + key("data", "thin", "residual", 'data-key="residual"') +
      key("optimum", "dash", "best fit", 'data-key="best"') + key("path", "dash", "pointer", 'data-key="ghost"'), plot + space)}
  ${panel("loss", "Loss",
    '<label><input type="checkbox" class="lr-log"> Log scale</label><span class="lr-note">click to jump</span>',
    key("path", "line", "so far") + key("path", "thin", "to come") + key("model", "point", "this step") + key("optimum", "dash", "minimum"), plot)}
  ${panel("plane", "Parameters",
    '<span class="lr-pair" hidden><select aria-label="Parameter across"></select> <select aria-label="Parameter upwards"></select></span><span class="lr-note"></span>',
    key("path", "square", "start") + key("path", "line", "path") + key("model", "arrow", "step −η∇") + key("gradient", "arrow", "", 'data-key="gradient"') + key("optimum", "star", "minimum"), plot)}
  ${panel("bowl", "The bowl", '<span class="lr-note">drag to turn</span>',
    key("path", "line", "path") + key("model", "point", "this step") + key("optimum", "diamond", "minimum"), space)}
</div>
<div class="lr-start" role="group" aria-label="Start of the parameters">
  <b>Start θ(0)</b><span class="lr-start-boxes"></span>
  <button type="button" class="lr-random">Random start</button>
  <label>Seed <input type="number" class="lr-seed" step="1" min="0" value="1" aria-label="Seed of the random start"></label>
</div>
<div class="lr-tables">
  <div><table class="lr-measures"><caption>How good it is</caption>
    <thead><tr><th></th><th scope="col">this step</th><th scope="col">minimum</th><th scope="col">difference</th></tr></thead><tbody></tbody></table>
    <p class="lr-r2-note"></p></div>
  <table class="lr-update"><caption>This step: θ ← θ − η · ∇</caption>
    <thead><tr><th></th><th scope="col">θ</th><th></th><th scope="col">η</th><th></th><th scope="col">∇</th><th></th><th scope="col">next θ</th><th scope="col">minimum</th><th scope="col">θ − minimum</th></tr></thead><tbody></tbody></table>
</div>`;
