// The evidence beside a criterion: papers in the browser's viewer at the width of the pane, pictures fitted to it,
// enlarged with the wheel or by buttons, and turned by quarters. Keys arrive as `review:picture` and `review:file`.
const frame = document.querySelector('iframe[name="shown"]');
const pane = document.querySelector(".picture");
const tools = document.querySelector(".picture-tools");
const sheet = pane.querySelector(".sheet");
const image = pane.querySelector("img");
const STEP = 1.25;
const LARGEST = 12;
let zoom = 1; // times the size that fits
let turned = 0; // quarters to the right

const links = () => [...document.querySelectorAll(".files:not([hidden]) a[data-show]")];

function lay() {
  if (pane.hidden || !image.naturalWidth) return;
  const upright = turned % 2 === 0;
  const width = upright ? image.naturalWidth : image.naturalHeight;
  const height = upright ? image.naturalHeight : image.naturalWidth;
  const fitted = Math.min(pane.clientWidth / width, pane.clientHeight / height, 1);
  const scale = fitted * zoom;
  sheet.style.width = `${width * scale}px`;
  sheet.style.height = `${height * scale}px`;
  image.style.width = `${image.naturalWidth * scale}px`;
  image.style.height = `${image.naturalHeight * scale}px`;
  image.style.transform = `translate(-50%, -50%) rotate(${turned * 90}deg)`;
}

// The spot that `across` and `down` name (0 to 1 of the pane) stays where it is.
function enlarge(factor, across = 0.5, down = 0.5) {
  const before = { width: pane.scrollWidth, height: pane.scrollHeight };
  const spot = {
    x: (pane.scrollLeft + pane.clientWidth * across) / before.width,
    y: (pane.scrollTop + pane.clientHeight * down) / before.height,
  };
  zoom = Math.min(Math.max(zoom * factor, 1 / LARGEST), LARGEST);
  lay();
  pane.scrollLeft = spot.x * pane.scrollWidth - pane.clientWidth * across;
  pane.scrollTop = spot.y * pane.scrollHeight - pane.clientHeight * down;
}

function picture(what) {
  if (pane.hidden) return;
  if (what === "in") enlarge(STEP);
  else if (what === "out") enlarge(1 / STEP);
  else {
    if (what === "fit") zoom = 1;
    if (what === "turn") turned = (turned + 1) % 4;
    if (what === "back") turned = (turned + 3) % 4;
    lay();
  }
}

function open(link) {
  for (const other of links()) other.removeAttribute("aria-current");
  link?.setAttribute("aria-current", "true");
  const isPicture = link?.dataset.show === "picture";
  pane.hidden = tools.hidden = !isPicture;
  frame.hidden = !link || isPicture;
  if (isPicture) {
    zoom = 1;
    turned = 0;
    image.alt = pane.ariaLabel = link.textContent.trim();
    image.src = link.href;
    lay();
  } else if (link) {
    frame.title = link.textContent.trim();
    frame.contentWindow.location.replace(link.href);
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(".files a[data-show]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    open(link);
  }
  const tool = event.target.closest("[data-picture]");
  if (tool) picture(tool.dataset.picture);
});
pane.addEventListener(
  "wheel",
  (event) => {
    event.preventDefault();
    const box = pane.getBoundingClientRect();
    const spot = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    enlarge(event.deltaY < 0 ? STEP : 1 / STEP, ...spot);
  },
  { passive: false },
);
image.addEventListener("load", lay);
new ResizeObserver(lay).observe(pane);
document.addEventListener("review:picture", (event) => picture(event.detail));
document.addEventListener("review:file", () => {
  const all = links();
  const now = all.findIndex((link) => link.hasAttribute("aria-current"));
  if (all.length) open(all[(now + 1) % all.length]);
});
document.addEventListener("review:shown", () => open(links()[0]));
const first = links().find((link) => link.hasAttribute("aria-current"));
if (first?.dataset.show === "picture") open(first);
