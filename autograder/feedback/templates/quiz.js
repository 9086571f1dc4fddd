// Plays the quiz: looks up what an answer earns, and shows why. The page is complete without it; nothing is sent or kept.
(() => {
  "use strict";
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const soFar = document.getElementById("so-far");
  const says = JSON.parse(soFar.dataset.says);
  const sections = all(".question");
  const marks = [];
  const met = new Set();
  const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const points = (value) => value.toFixed(2).replace(/\.?0+$/, "").replace(".", says.comma);

  // What is typed, spelt as Python spells it: one width, no capitals, no blanks around it.
  const spelling = (text, folds) => {
    const letter = (each) => folds[each] ?? [...each.toUpperCase()].map((upper) => upper.toLowerCase()).join("");
    return [...text.normalize("NFKC")].map(letter).join("").split(/\s+/).filter(Boolean).join(" ");
  };

  // Numbers as people write them. The steps are those of written_numbers.py, whose patterns and tables are given.
  const reading = says.numbers && (() => {
    const { longest, constants, signs, raised, patterns } = says.numbers;
    const pattern = Object.fromEntries(Object.entries(patterns).map(([name, [text, flags]]) => [name, new RegExp(text, flags)]));
    const found = (name, text) => text.match(pattern[name]) !== null;
    const digit = (each) => {
      let value = 0;
      while (/\p{Nd}/u.test(String.fromCodePoint(each.codePointAt(0) - value - 1))) value += 1;
      return String(value % 10);
    };
    const character = (each) => {
      if (each <= "\x7f") return each;
      if (/\p{Nd}/u.test(each)) return digit(each);
      const wide = each.normalize("NFKC");
      if (/\p{No}/u.test(each) && /^\d+(\u2044\d+)?$/.test(wide)) return `(${wide.replace("\u2044", "/")})`;
      return /^[\x00-\x7f]$/.test(wide) ? wide : each;
    };
    const plain = (written) => {
      let text = written.replace(pattern.raisedPoint, "$1.");
      text = text.replace(pattern.power, (power) => `**(${[...power].map((each) => raised[each]).join("")})`);
      text = [...text.normalize("NFC")].map(character).map((each) => signs[each] ?? each).join("");
      text = text.replace(pattern.root, (_, number) => (number ? `sqrt(${number})` : "sqrt"));
      text = text.replace(pattern.decimals, (group) => group.replace(/\s/g, ""));
      text = text.replace(pattern.grouped, (group) => group.replace(/\D/g, ""));
      text = text.replace(pattern.braced, "^($1)").replace(pattern.exponent, "e");
      return text.replace(pattern.times, "*").replace(pattern.zeros, "").trim();
    };
    const bare = (written, unit) => {
      let text = plain(written).replace(pattern.led, "").trim().replace(/[;,.]+$/, "").trim();
      if (unit && text.toLowerCase().endsWith(unit.toLowerCase())) text = text.slice(0, -unit.length).trimEnd();
      const without = text.replace(pattern.perCent, "");
      if (without !== text) return [without, unit && found("perCent", ` ${unit}`) ? 1 : 0.01];
      return [text.replace(pattern.counted, ""), 1];
    };
    const halfEven = (x) => {
      const low = Math.floor(x);
      return x - low !== 0.5 ? Math.round(x) : low + (low % 2 ? 1 : 0);
    };
    const one = (f) => (...values) => (values.length === 1 ? f(values[0]) : NaN);
    const many = (f) => (...values) => (values.length > 1 ? f(...values) : NaN);
    const log = (x, base) => (base === undefined ? Math.log(x) : Math.log(x) / Math.log(base));
    const round = (x, digits = 0) => {
      const shifted = x * 10 ** digits;
      return digits > 0 && Math.abs(shifted % 1) !== 0.5 ? Number(x.toFixed(digits)) : halfEven(shifted) / 10 ** digits;
    };
    const functions = {
      sqrt: one(Math.sqrt), log, ln: log, log10: one(Math.log10), exp: one(Math.exp), tanh: one(Math.tanh),
      sin: one(Math.sin), cos: one(Math.cos), ceil: one(Math.ceil), floor: one(Math.floor), abs: one(Math.abs),
      min: many(Math.min), max: many(Math.max), round,
    };
    const TOKEN = /\s*(?:(0x[\da-f]+|0o[0-7]+|0b[01]+|(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+)?)(?![\w.])|([a-z]\w*)|(\*\*|[-+*/^(),]))/iy;
    const finite = (value) => {
      if (!Number.isFinite(value)) throw new RangeError("not a number");
      return value;
    };
    const evaluate = (text) => {
      const tokens = [];
      TOKEN.lastIndex = 0;
      const end = text.trimEnd().length;
      while (TOKEN.lastIndex < end) {
        const token = TOKEN.exec(text);
        if (!token) throw new SyntaxError("no expression");
        tokens.push(token[1] !== undefined ? Number(token[1].replaceAll("_", "")) : token[2] ?? token[3].replace("^", "**"));
      }
      let at = 0;
      const next = (wanted) => (wanted.includes(tokens[at]) ? tokens[at++] : null);
      const must = (wanted) => {
        if (next([wanted]) === null) throw new SyntaxError("no expression");
      };
      const sum = () => {
        let value = product();
        for (let sign; (sign = next(["+", "-"]));) value = finite(sign === "+" ? value + product() : value - product());
        return value;
      };
      const product = () => {
        let value = signed();
        for (let sign; (sign = next(["*", "/"]));) value = finite(sign === "*" ? value * signed() : value / signed());
        return value;
      };
      const signed = () => {
        const sign = next(["+", "-"]);
        if (sign) return sign === "-" ? -signed() : signed();
        const base = atom();
        return next(["**"]) ? finite(Math.pow(base, signed())) : base;
      };
      const atom = () => {
        const token = tokens[at++];
        if (typeof token === "number") return finite(token);
        if (token === "(") {
          const value = sum();
          must(")");
          return value;
        }
        if (Object.hasOwn(constants, token)) return constants[token];
        if (!Object.hasOwn(functions, token)) throw new SyntaxError("no expression");
        must("(");
        const values = [sum()];
        while (next([","]) && tokens[at] !== ")") values.push(sum());
        must(")");
        return finite(functions[token](...values));
      };
      const value = sum();
      if (at < tokens.length) throw new SyntaxError("no expression");
      return value;
    };
    const value = (text) => {
      try {
        return evaluate(text);
      } catch {
        return null;
      }
    };
    const isGroup = (before, after) => after.length === 3 && before.length <= 3 && !before.startsWith("0");
    const spellings = (written) => {
      const ungrouped = written.replace(pattern.thousands, (group) => group.replaceAll(",", ""));
      const text = ungrouped.replace(pattern.points, (group) => group.replaceAll(".", "").replace(",", "."));
      if (!found("comma", text) || (found("arguments", text) && value(text) !== null)) return [text];
      const grouped = (_, before, after) => (isGroup(before, after) ? before + after : `${before}.${after}`);
      return [text.replace(pattern.comma, "$1.$2"), text.replace(pattern.comma, grouped)];
    };
    // All that a written number can mean: none where it can't be read.
    return (written, unit) => {
      if (written.length > longest || found("lost", written)) return [];
      const [text, scale] = bare(written, unit);
      const values = spellings(text).map(value).filter((each) => each !== null).map((each) => each * scale);
      return [...new Set(values)];
    };
  })();

  // Six digits, as template.py writes them: 0.000123457, 1.23457e-05; a half is rounded up.
  const halfUp = (value) => (Math.abs(value) < 1e300 ? Number(value.toPrecision(15)) * (1 + 2 ** -52) : value);
  const shortly = (number) => {
    const value = Number.isInteger(number) && Math.abs(number) < 1e6 ? number : halfUp(number);
    const [mantissa, exponent] = value.toExponential(5).split("e");
    const power = Number(exponent);
    const text = power < -4 || power > 5
      ? `${Number(mantissa)}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`
      : String(Number(value.toPrecision(6)));
    return (Number.isInteger(value) && Math.abs(value) < 1e6 ? String(value) : text).replace(".", says.comma);
  };

  // Each way of answering: what was given (null: nothing yet, with the sentence to say), and which outcome that has.
  const inputs = (section) => all("input", section);
  const ids = (section) => all(".pieces > li[data-id]", section).map((item) => item.dataset.id);
  const typed = (section) => inputs(section)[0].value.split(/\s+/).filter(Boolean).join(" ");
  const forms = {
    choices: (section, rule) => {
      const sum = inputs(section).reduce((total, input) => 2 * total + (input.checked ? 1 : 0), 0);
      return { outcome: rule.table[sum], refused: says.choose };
    },
    truth: (section, rule) => {
      const chosen = inputs(section).find((input) => input.checked);
      if (!chosen) return { outcome: null, refused: says.choose };
      return { outcome: chosen.value === "true" ? 0 : 1, block: chosen.value === rule.key ? 0 : 1 };
    },
    number: (section, rule) => {
      const given = typed(section);
      const values = reading(given, rule.unit);
      if (!given || !values.length) return { outcome: null, refused: given ? filled(says.notRead, { text: `'${given}'` }) : says.nothing };
      const place = rule.near.findIndex(([number, within]) => values.some((value) => Math.abs(value - number) <= within));
      const outcome = place < 0 ? rule.near.length : place;
      const value = values.map(shortly).reduce((one, other) => filled(says.either, { one, other }));
      return { outcome, block: outcome, yours: filled(value === given ? says.plain : says.worked, { given, value }) };
    },
    text: (section, rule) => {
      const spelt = spelling(typed(section), rule.folds);
      if (!spelt) return { outcome: null, refused: says.words };
      const outcome = Object.hasOwn(rule.spellings, spelt) ? rule.spellings[spelt] : rule.outcomes.length - 1;
      return { outcome, block: outcome };
    },
    ordering: (section, rule) => {
      const outcome = ids(section).join() === rule.key.join() ? 0 : 1;
      return { outcome, block: outcome };
    },
    matching: (section, rule) => {
      const chosen = all("select", section).map((select) => select.value);
      if (chosen.some((id) => !id)) return { outcome: null, refused: says.choose };
      return { outcome: chosen.filter((id, place) => id === rule.key[place]).length };
    },
  };

  const explainChoices = (section) => {
    const list = section.querySelector(".reasons");
    const reasons = inputs(section).map((input, place) => {
      const item = list.children[place];
      const [label, belief] = [item.querySelector(".judged"), item.querySelector("[data-belief]")];
      label.textContent = input.checked ? label.dataset.chosen : label.dataset.left;
      item.classList.toggle("yours", input.checked);
      if (input.type === "checkbox") {
        const rightly = input.checked === ("correct" in item.dataset);  // each choice is judged for itself
        label.classList.toggle("right", rightly);
        label.classList.toggle("wrong", !rightly);
      }
      if (belief) belief.hidden = input.checked === ("correct" in item.dataset);
      return item;
    });
    const rank = (item) => (item.classList.contains("yours") ? 0 : 2) + ("correct" in item.dataset ? 0 : 1);
    list.append(...reasons.sort((a, b) => rank(a) - rank(b)));
  };
  const explainMatching = (section) => {
    const beliefs = [];
    all(".reasons > li", section).forEach((item, place) => {
      const select = all("select", section)[place];
      const wrong = select.value !== item.dataset.key;
      const [said, belief, why] = ["[data-wrong]", "[data-belief]", "[data-why]"].map((part) => item.querySelector(part));
      said.hidden = !wrong;
      const piece = all(".pieces[type] > li", section)[select.selectedIndex - 1];
      said.querySelector("[data-chosen]").replaceChildren(`${select.selectedOptions[0].text}) `, ...piece.cloneNode(true).childNodes);
      if (belief) belief.hidden = !wrong;
      if (why) why.hidden = !wrong;
      if (wrong && item.dataset.names) beliefs.push(item.dataset.names);
    });
    return beliefs;
  };
  const explain = (section, answer) => {
    if (section.dataset.form === "choices") explainChoices(section);
    const beliefs = section.dataset.form === "matching" ? explainMatching(section) : [];
    for (const block of all("[data-outcome]", section)) block.hidden = Number(block.dataset.outcome) !== answer.block;
    for (const alone of all("[data-plain]", section)) alone.hidden = true;
    const yours = section.querySelector("p.yours");
    if (yours && answer.yours && answer.block) {
      yours.textContent = answer.yours;
      yours.hidden = false;
    }
    const details = section.querySelector(".explained");
    details.hidden = false;
    details.open = true;
    return beliefs;
  };

  const tell = () => {
    const done = marks.filter((mark) => mark !== undefined);
    const score = filled(says.score, { score: points(done.reduce((sum, mark) => sum + mark, 0)) });
    soFar.textContent = `${filled(says.soFar, { answered: done.length })} · ${score}`;
    if (done.length < sections.length) return;
    const end = document.getElementById("end");
    end.hidden = false;
    end.querySelector(".score").textContent = score;
    for (const item of all("[data-id]", end)) item.hidden = !met.has(item.dataset.id);
    document.getElementById("met").hidden = met.size === 0;
  };
  const answerTo = (section, rule) => {
    const answer = forms[section.dataset.form](section, rule);
    const refused = section.querySelector(".refused");
    refused.textContent = answer.outcome === null ? answer.refused : "";
    if (answer.outcome === null) return null;
    const outcome = rule.outcomes[answer.outcome];
    for (const control of all("input, select, button", section)) control.disabled = true;
    all("form [data-control]:has(button)", section).forEach((row) => { row.hidden = true; });
    const verdict = section.querySelector(".outcome");
    const full = Math.max(...rule.outcomes.map((each) => each.mark));
    verdict.classList.add(outcome.mark === full ? "full" : outcome.mark > 0 ? "partly" : "none");
    verdict.children[0].textContent = outcome.word;
    verdict.children[1].textContent = outcome.rest;
    verdict.hidden = false;
    for (const belief of [...outcome.beliefs, ...explain(section, answer)]) met.add(belief);
    verdict.focus({ preventScroll: true });
    verdict.scrollIntoView({ block: "nearest" });  // by keyboard, it can be below the window's edge
    return outcome.mark;
  };

  sections.forEach((section, place) => {
    const rule = JSON.parse(section.dataset.rule);
    for (const control of all("[data-control]", section)) control.hidden = false;
    const details = section.querySelector(".explained");
    details.hidden = true;
    details.querySelector("summary").hidden = true;
    section.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      const mark = answerTo(section, rule);
      if (mark === null) return;
      marks[place] = mark;
      tell();
    });
    for (const button of all("[data-move]", section)) {
      button.addEventListener("click", () => {
        const item = button.closest("li");
        const other = button.dataset.move === "1" ? item.nextElementSibling : item.previousElementSibling;
        if (!other) return;
        if (button.dataset.move === "1") other.after(item);
        else other.before(item);
        button.focus();
        const name = item.querySelector(".piece").cloneNode(true);
        for (const latex of all("annotation", name)) latex.remove();
        const list = Array.from(item.parentNode.children);
        const said = { item: name.textContent, place: list.indexOf(item) + 1, n: list.length };
        section.querySelector("[data-moved]").textContent = filled(says.moved, said);
      });
    }
  });
  document.getElementById("again").addEventListener("click", () => location.reload());
  addEventListener("pageshow", () => all("form").forEach((form) => form.reset()));
})();
