// What a code says (lawbook/proof.py) and whether it holds, by the office's public keys alone.

const TOLD = JSON.parse(document.getElementById("told").textContent);
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SIGNED = { attestation: "zhifa-attestation:1\n", proof: "zhifa-proof:1\n" };
// Further algorithms (SM2 over SM3) get the next number, their sizes and a way to verify.
const ALGORITHMS = {
  1: {
    key: 32,
    signature: 64,
    async verified(key, signature, bytes) {
      const known = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
      return crypto.subtle.verify({ name: "Ed25519" }, known, signature, bytes);
    },
  },
};

/** Why something does not hold, in words for a person. */
class Doubt extends Error {}
/** This browser cannot tell. */
class Unable extends Error {}

const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

function bytesOf(text) {
  if (!/^[\w-]+$/.test(text)) throw new Doubt("验真码不完整，或者含有不该有的字符");
  let plain;
  try {
    plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    throw new Doubt("验真码不完整，长度不对");
  }
  const bytes = Uint8Array.from(plain, (one) => one.charCodeAt(0));
  const again = btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  if (again !== text) throw new Doubt("验真码有字符被改动");
  return bytes;
}

function payloadOf(text) {
  const said = text.replace(/\s+/g, "");
  return said.includes("#") ? said.slice(said.lastIndexOf("#") + 1) : said;
}

function readProof(text) {
  const bytes = bytesOf(payloadOf(text));
  let at = 0;
  const take = (size) => {
    if (at + size > bytes.length) throw new Doubt("验真码不完整，或者有字符被改动");
    return bytes.slice(at, (at += size));
  };
  const words = () => {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(take(take(1)[0]));
    } catch (error) {
      throw error instanceof Doubt ? error : new Doubt("验真码有字符被改动，文字无法读取");
    }
  };
  const day = () => {
    const [high, low] = take(2);
    return new Date(Date.UTC(2000, 0, 1 + high * 256 + low)).toISOString().slice(0, 10);
  };
  const [version, number] = take(2);
  const algorithm = ALGORITHMS[number];
  if (version !== 1 || !algorithm) {
    throw new Doubt(`验真码的版本（${version}）或者算法（${number}）本页面不认识，请使用本局最新的验真页面`);
  }
  const proof = { algorithm };
  const holder = at;
  proof.device = hex(take(16)).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  proof.key = take(algorithm.key);
  Object.assign(proof, { unit: words(), unitName: words(), since: day(), until: day() });
  const held = bytes.slice(holder, at);
  proof.office = hex(take(8));
  proof.attestation = take(algorithm.signature);
  Object.assign(proof, { kind: words(), version: words(), number: words() });
  Object.assign(proof, { day: day(), party: words(), digest: hex(take(32)) });
  const body = bytes.slice(0, at);
  proof.signature = take(algorithm.signature);
  if (at !== bytes.length) throw new Doubt("验真码比应有的长，有字符被添加");
  const joined = (mark, ...parts) => new Uint8Array([...new TextEncoder().encode(mark), ...parts.flatMap((part) => [...part])]);
  proof.attested = joined(SIGNED.attestation, [number], held);
  proof.signed = joined(SIGNED.proof, body);
  return proof;
}

function contentCode(digest) {
  const number = BigInt(`0x${digest.slice(0, 15)}`);
  const plain = [...Array(12).keys()].map((at) => ALPHABET[Number((number >> BigInt(5 * (11 - at))) & 31n)]).join("");
  return plain.replace(/(.{4})(?=.)/g, "$1-");
}

async function holds(algorithm, key, signature, bytes) {
  if (!globalThis.crypto?.subtle) {
    throw new Unable("浏览器只在 https 网址，或者打开本机文件时才能核验签名。请改用 https 网址，或者下载本页面后在本机打开");
  }
  try {
    return await algorithm.verified(key, signature, bytes);
  } catch (error) {
    if (error.name === "NotSupportedError") {
      throw new Unable("这个浏览器不支持 Ed25519 签名。请换用新版的 Chrome、Edge、Firefox 或者 Safari");
    }
    return false; // A key or a signature that is none.
  }
}

/** The reasons why a proof does not hold; none: it does. Unable where this browser cannot tell. */
async function doubts(proof) {
  const office = TOLD.keys[proof.office];
  if (!office) return [`签发平板证书的公钥（编号 ${proof.office}）不是本局公布的公钥：不是本局出具，或者本页面过旧`];
  const found = [];
  if (!(await holds(proof.algorithm, bytesOf(office), proof.attestation, proof.attested))) {
    found.push("平板证书不是本局签发的，或者其中有字符被改动");
  }
  if (!(await holds(proof.algorithm, proof.key, proof.signature, proof.signed))) {
    found.push("内容与平板的签名不符：有字符被改动");
  }
  if (!found.length && (proof.day < proof.since || proof.day > proof.until)) {
    found.push(`出具日期 ${proof.day} 不在平板证书的有效期内（${proof.since} 至 ${proof.until}）：证书已过期`);
  }
  return found;
}

/** What lies in a PDF beside its pages: the code's text and the data, each told once or twice alike. */
async function insideOf(buffer) {
  const text = new TextDecoder("latin1").decode(buffer);
  if (!text.startsWith("%PDF-")) throw new Doubt("所选的文件不是 PDF");
  const only = (pattern, what) => {
    const found = new Set([...text.matchAll(pattern)].map((one) => one[1]));
    if (found.size > 1) throw new Doubt(`文件中有两份不同的${what}：文件被改动`);
    return [...found][0] ?? null;
  };
  const code = only(/zhifa-proof:1:([\w-]+)/g, "验真码");
  const data = only(/zhifa-data:1:([A-Za-z0-9+/=]+)/g, "数据");
  const made = { code, content: null, digest: null, sha256: globalThis.crypto?.subtle ? await hashed(buffer) : null };
  if (data !== null) {
    try {
      const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
      made.content = reader(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
      made.digest = made.sha256 && (await hashed(new TextEncoder().encode(spelled(made.content))));
    } catch {
      throw new Doubt("文件所带的数据无法读取：文件被改动");
    }
  }
  return made;
}

/** The reasons why a file is not that of a proof. */
function strangeness(proof, file) {
  const found = [];
  if (file.code !== null) {
    const own = readProof(file.code);
    if (own.digest !== proof.digest || own.number !== proof.number) {
      found.push(`文件属于另一份文书：文件的文号是 ${own.number || "（不编文号）"}，内容码是 ${contentCode(own.digest)}`);
    } else if (payloadOf(file.code) !== proof.payload) {
      found.push("文件所带的验真码与二维码不是同一个");
    }
  }
  if (file.digest !== null && file.digest !== proof.digest && !found.length) {
    found.push("文件所带的内容与验真码不符：内容有改动");
  }
  return found;
}
