// The front end of every Explorer: native inputs, the figure, and the sentence. All computing is
// done in Python. While a slider is dragged ipywidgets sends a change only when the one before is
// answered, and then the newest (its message throttle), so nothing has to be held back here.

function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

// A control is its node, its input, and how to read and to write a value. What there is to choose
// from stands in `declared`; when that has changed, `offer` takes it over.

function labelled(input, label, ...rest) {
  input.id = `explorer-${Math.random().toString(36).slice(2)}`;
  const name = element("label", { htmlFor: input.id }, label);
  return element("div", { className: "explorer-control" }, name, ...rest, input);
}

function slider(declared) {
  const input = element("input", { type: "range" });
  const output = element("output", { ariaHidden: "true" }); // the input says it: aria-valuetext
  return {
    node: labelled(input, declared.label, output),
    input,
    offer() {
      const { positions, step } = declared;
      Object.assign(input, { min: positions[0], max: positions.at(-1), step });
    },
    read() {
      const { positions, step } = declared;
      return positions[Math.round((input.value - positions[0]) / step)];
    },
    write(value) {
      const text = declared.texts[declared.positions.indexOf(value)];
      input.value = value;
      input.ariaValueText = text;
      output.textContent = text;
    },
  };
}

function choice(declared) {
  const input = element("select");
  return {
    node: labelled(input, declared.label),
    input,
    offer() {
      const { positions, texts } = declared;
      const option = (value, i) => element("option", { value, textContent: texts[i] });
      input.replaceChildren(...positions.map(option));
    },
    read: () => input.value,
    write(value) {
      input.value = value;
    },
  };
}

const KINDS = { slider, choice };

// The host's own way to save the notebook, which JupyterLab and Notebook give to the manager of
// their widgets. What is not saved has no time, and where there is no such way, there is no path.
async function save(model) {
  const notebook = model.widget_manager?.context;
  const told = {};
  try {
    told.path = notebook.localPath;
    await notebook.save();
    if (!notebook.model.dirty) told.time = notebook.contentsModel.last_modified;
  } catch {
    // Python asks for it to be saved by hand.
  }
  return told;
}

function button({ label }, press) {
  const input = element("button", { type: "button", textContent: label });
  input.addEventListener("click", press);
  return element("div", { className: "explorer-control" }, input);
}

function render({ model, el, signal }) {
  const figure = element("div", { className: "explorer-figure" });
  const controls = element("div", { className: "explorer-controls" });
  const sentence = element("p", { className: "explorer-sentence", role: "status" });

  for (const [i, now] of model.get("_controls").entries()) {
    const { name } = now;
    if (now.kind === "button") {
      const told = async () => (now.saves ? { press: name, saved: await save(model) } : { press: name });
      controls.append(button(now, async () => model.send(await told())));
      continue;
    }
    const declared = { ...now };
    const control = KINDS[declared.kind](declared);
    control.offer();
    control.input.addEventListener("input", () => {
      model.set(name, control.read());
      model.save_changes();
    });
    model.on(`change:${name}`, () => control.write(model.get(name)));
    model.on("change:_controls", () => {
      Object.assign(declared, model.get("_controls")[i]);
      control.offer();
      control.write(model.get(name));
    });
    control.write(model.get(name));
    controls.append(control.node);
  }

  let drawn;
  const show = () => {
    const shown = model.get("_shown");
    if (shown.figure !== drawn) {
      const focused = figure.contains(document.activeElement);
      figure.innerHTML = drawn = shown.figure ?? ""; // our own Python made it
      if (focused) figure.querySelector("[tabindex]")?.focus({ preventScroll: true });
    }
    // Written again it would be read out again, though it says the same.
    if (sentence.textContent !== shown.sentence) sentence.textContent = shown.sentence ?? "";
    const svg = figure.querySelector(":scope > svg");
    svg?.setAttribute("role", "img");
    svg?.setAttribute("aria-label", sentence.textContent);
  };
  model.on("change:_shown", show);
  show();

  // What scrolls sideways in a narrow page must do so by keyboard, too.
  new ResizeObserver(() => {
    if (figure.scrollWidth > figure.clientWidth) figure.tabIndex = 0;
    else figure.removeAttribute("tabindex");
  }).observe(figure);

  // The kernel is gone, and with it all answers.
  model.on("comm_live_update", () => {
    for (const input of controls.querySelectorAll("input, select, button")) input.disabled = true;
    sentence.textContent = "The kernel has stopped: run this cell again to move the controls.";
  });

  // JupyterLab and Notebook take plain arrows and letters for their cells, but not from what has
  // this attribute. Ctrl+S and Shift+Enter may go on working.
  const keep = ({ target, altKey, ctrlKey, metaKey, shiftKey }) => {
    const plain = !(altKey || ctrlKey || metaKey || shiftKey);
    if (el.contains(target)) target.toggleAttribute("data-lm-suppress-shortcuts", plain);
  };
  window.addEventListener("keydown", keep, { capture: true, signal });

  el.classList.add("explorer");
  el.append(figure, controls, sentence);
}

export default { render };
