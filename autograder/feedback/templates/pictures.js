
// The two pictures, computed anew when a control is moved: the formulas of pictures.py. Nothing is sent or kept anywhere.
(() => {
  "use strict";
  const at = (id) => document.getElementById(id);
  const setting = at("setting");
  const { radius, norm, low, high } = Object.fromEntries(
    Object.entries(setting.dataset).map(([name, text]) => [name, Number(text)]),
  );
  const UNITS = 6;
  const units = Array.from({ length: UNITS }, (_, i) => i);
  const steepest = { tanh: 1, sigmoid: 0.25, relu: 1, identity: 1 };
  const activations = {
    tanh: Math.tanh,
    sigmoid: (z) => 1 / (1 + Math.exp(-z)),
    relu: (z) => Math.max(0, z),
    identity: (z) => z,
  };
  const slopes = {
    tanh: (h) => 1 - h * h,
    sigmoid: (h) => h * (1 - h),
    relu: (h) => (h > 0 ? 1 : 0),
    identity: () => 1,
  };
  const sum = (values) => values.reduce((total, value) => total + value, 0);

  // ‖∂L/∂h_t‖ for t = 1 … T.
  const gradientNorms = (activation, scale, length) => {
    const weight = (i, j) => (scale * Math.sin(1 + 2.3 * i + 4.1 * j + 1.7 * i * j)) / radius;
    const states = [];
    let state = units.map(() => 0);
    for (let t = 1; t <= length; t += 1) {
      const before = state;
      state = units.map((i) => {
        const into = sum(units.map((j) => weight(i, j) * before[j]));
        return activations[activation](into + 0.5 * Math.sin(1.3 * t + 2 * i));
      });
      states.push(state);
    }
    let gradient = units.map(() => 1);
    const norms = [Math.hypot(...gradient)];
    for (let t = length - 1; t > 0; t -= 1) {
      const through = units.map((i) => gradient[i] * slopes[activation](states[t][i]));
      gradient = units.map((j) => sum(units.map((i) => weight(i, j) * through[i])));
      norms.push(Math.hypot(...gradient));
    }
    return norms.reverse();
  };

  const raised = (exponent) => String(exponent).replace(/[-0-9]/g, (sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)]);
  const number = (value) => {
    const [mantissa, exponent] = value.toExponential(2).split("e").map(Number);
    if (exponent >= -3 && exponent <= 3) return String(Number(value.toPrecision(3)));
    return `${mantissa}·10${raised(exponent)}`;
  };
  const line = (points) => `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`;

  const drawGradient = () => {
    const activation = at("activation").value;
    const scale = Number(at("scale").value);
    const length = Number(at("length").value);
    const norms = gradientNorms(activation, scale, length);
    const place = (value) => (value > 0 ? Math.min(high, Math.max(low, Math.log10(value))) : low);
    const apart = 546 / Math.max(1, length - 1);
    const points = norms.map((value, k) => [74 + k * apart, 296 - (252 * (place(value) - low)) / (high - low)]);
    at("norms").setAttribute("d", line(points));
    at("last-step").textContent = length;
    at("scale-shown").textContent = scale.toFixed(1);
    at("length-shown").textContent = length;
    at("norms-told").textContent = toldGradient(norms, activation, scale, length);
    at("norms-rows").replaceChildren(
      ...norms.map((value, k) => {
        const row = document.createElement("tr");
        const step = document.createElement("th");
        step.scope = "row";
        step.textContent = k + 1;
        const cell = document.createElement("td");
        cell.className = "number";
        cell.textContent = number(value);
        row.append(step, cell);
        return row;
      }),
    );
  };
  const toldGradient = (norms, activation, scale, length) => {
    const share = norms[0] / norms[norms.length - 1];
    const left = share >= 1 ? `${number(share)} times` : `only ${number(share)} of`;
    const bound = scale * norm * steepest[activation];
    return (
      `With ${activation} and ρ(W) = ${scale.toFixed(1)}, the gradient at step 1 is ${left} that at step ${length}. ` +
      `Each step back multiplies it by ${number(share ** (1 / (length - 1)))} on average. ` +
      `‖W‖·max|φ′| = ${bound.toFixed(2)} is ${bound < 1 ? "below" : "not below"} 1, ` +
      `${bound < 1 ? "so it must vanish" : "so nothing guarantees that it vanishes"}.`
    );
  };

  const phrases = Array.from(document.querySelectorAll(".phrase"));
  const distances = [1];
  for (const phrase of phrases) {
    distances.push(distances[distances.length - 1] + phrase.textContent.trim().split(/\s+/).length);
  }
  const furthest = distances[distances.length - 1];
  const survival = (factor) => {
    const places = Array.from({ length: furthest + 1 }, (_, k) => k);
    return line(places.map((k) => [74 + (546 * k) / furthest, 296 - 252 * Math.min(1, factor ** k)]));
  };
  const drawSentence = () => {
    const between = Number(at("phrases").value);
    const [decay, kept] = ["decay", "kept"].map((id) => Number(at(id).value));
    const distance = distances[between];
    phrases.forEach((phrase, place) => {
      phrase.hidden = place >= between;
    });
    at("verb").setAttribute("d", `M${(74 + (546 * distance) / furthest).toFixed(1)} 44v252`);
    at("plain").setAttribute("d", survival(decay));
    at("gated").setAttribute("d", survival(kept));
    at("phrases-shown").textContent = between;
    at("decay-shown").textContent = decay.toFixed(2);
    at("kept-shown").textContent = kept.toFixed(2);
    const [plain, gated] = [decay, kept].map((factor) => `${factor.toFixed(2)}^${distance} = ${number(factor ** distance)}`);
    at("left-told").textContent =
      `The verb comes ${distance} ${distance === 1 ? "word" : "words"} after its subject. ` +
      `In the plain RNN ${plain} of the signal is left. Along the additive path it is ${gated}.`;
  };

  for (const [form, draw] of [[setting, drawGradient], [at("reading"), drawSentence]]) {
    form.addEventListener("input", draw);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    draw();
  }
})();
