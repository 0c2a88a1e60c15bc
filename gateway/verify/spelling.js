// The one spelling of a document's content, as paper/digest.py has it: keys sorted by code point,
// nothing between, whole numbers only. Read by our own hand, because JSON.parse would round a large
// number and keep silent about a name that comes twice.

function reader(text) {
  let at = 0;
  const wrong = () => new Error("JSON " + at);
  const taken = (pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at += found[0].length;
    return found && found[0];
  };
  const blank = () => taken(/[ \t\r\n]*/y);
  const string = () => {
    const found = taken(/"(?:[^"\\\u0000-\u001f]|\\.)*"/y);
    if (found === null) throw wrong();
    const said = JSON.parse(found);
    if (/\p{Surrogate}/u.test(said)) throw wrong();
    return said;
  };
  const list = (end, one) => {
    at += 1;
    blank();
    if (text[at] !== end) {
      do { blank(); one(); blank(); } while (taken(/,/y));
    }
    if (text[at] !== end) throw wrong();
    at += 1;
  };
  const value = (depth) => {
    if (depth > 40) throw wrong();
    blank();
    if (text[at] === "{") {
      const made = new Map();
      list("}", () => {
        const name = string();
        blank();
        if (!taken(/:/y) || made.has(name)) throw wrong();
        made.set(name, value(depth + 1));
      });
      return made;
    }
    if (text[at] === "[") {
      const made = [];
      list("]", () => made.push(value(depth + 1)));
      return made;
    }
    if (text[at] === '"') return string();
    const word = taken(/true|false|null/y);
    if (word !== null) return { true: true, false: false, null: null }[word];
    const number = taken(/-?(?:0|[1-9][0-9]*)(?![.eE0-9])/y);
    if (number === null) throw wrong();
    return BigInt(number);
  };
  const whole = value(0);
  blank();
  if (at !== text.length) throw wrong();
  return whole;
}

function byCodePoint(one, other) {
  const a = [...one], b = [...other];
  for (let at = 0; at < a.length && at < b.length; at += 1) {
    const apart = a[at].codePointAt(0) - b[at].codePointAt(0);
    if (apart) return apart;
  }
  return a.length - b.length;
}

function spelled(value) {
  if (value instanceof Map) {
    const names = [...value.keys()].sort(byCodePoint);
    return `{${names.map((name) => `${JSON.stringify(name)}:${spelled(value.get(name))}`).join(",")}}`;
  }
  if (Array.isArray(value)) return `[${value.map(spelled).join(",")}]`;
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

async function hashed(bytes) {
  const made = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...made].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The digest of content, however its JSON is spelled. */
async function digestOf(text) {
  return hashed(new TextEncoder().encode(spelled(reader(text))));
}
