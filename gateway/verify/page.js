// The page: takes a code and a file, says green or red and why.

const $ = (id) => document.getElementById(id);
const state = { code: "", file: null, turn: 0 };

const shownDay = (day) => day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, "$1年$2月$3日");

function element(name, text, ...inside) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  made.append(...inside);
  return made;
}

function verdict(kind, title, reasons) {
  const box = $("verdict");
  box.className = kind;
  box.hidden = false;
  $("title").textContent = title;
  $("reasons").replaceChildren(...reasons.map((one) => element("li", one)));
  document.title = `${title} · 文书验真`;
}

function facts(proof) {
  $("facts").hidden = !proof;
  if (!proof) return;
  const rows = {
    number: proof.number || "（不编文号）",
    content: contentCode(proof.digest),
    name: TOLD.kinds[proof.kind]?.name || proof.kind,
    party: proof.party,
    day: shownDay(proof.day),
    unit: `${proof.unitName}（${proof.unit}）`,
    device: proof.device,
    valid: `${shownDay(proof.since)} 至 ${shownDay(proof.until)}`,
    template: `${proof.kind}@${proof.version}`,
    digest: proof.digest,
  };
  for (const [name, said] of Object.entries(rows)) $(name).textContent = said;
}

function content(value, labels) {
  if (value instanceof Map) {
    const list = element("dl");
    // As the form has them, not as their names sort; what the form does not know comes first.
    const places = Object.keys(labels);
    const ordered = [...value].sort(([one], [other]) => places.indexOf(one) - places.indexOf(other));
    for (const [name, one] of ordered) list.append(element("dt", labels[name] || name), element("dd", "", content(one, labels)));
    return list;
  }
  if (Array.isArray(value)) return element("ol", "", ...value.map((one) => element("li", "", content(one, labels))));
  if (typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value)) return element("span", shownDay(value));
  return element("span", value === true ? "是" : value === false ? "否" : value === null ? "" : String(value));
}

function inside(proof, file) {
  const data = file?.content instanceof Map ? file.content.get("data") : null;
  $("inside").hidden = !(data instanceof Map);
  if (data instanceof Map) $("data").replaceChildren(content(data, TOLD.kinds[proof.kind]?.labels || {}));
}

async function judge() {
  const turn = (state.turn += 1);
  $("online").hidden = true;
  $("checked").textContent = "";
  let proof = null, file = null;
  try {
    if (state.file) file = await insideOf(state.file.buffer);
    const code = state.code || file?.code;
    if (!code) {
      facts(null);
      inside(null, null);
      if (file) verdict("bad", "文件中没有验真码", ["这份文件不是带验真码的文书，或者其中的验真码已被去掉"]);
      else $("verdict").hidden = true;
      return;
    }
    proof = readProof(code);
    proof.payload = payloadOf(code);
    const found = [...(await doubts(proof)), ...(file ? strangeness(proof, file) : [])];
    if (turn !== state.turn) return;
    if (found.length) {
      verdict("bad", "不相符，请勿采信", [...found, "下列各项只是二维码或者文件自己所写，不能作为依据"]);
    } else {
      const also = !file ? [] : file.digest
        ? ["文件所带的全部内容与二维码相符；请与页面文字对照"]
        : ["文件没有附带全文数据，只核对了其中的验真码"];
      verdict("good", "内容与签名相符", ["请核对纸面的文号、当事人、日期和内容码是否与下列各项一致；不一致的，二维码是从别处复制的", ...also]);
    }
    state.proof = proof;
    state.sha256 = file?.sha256 ?? null;
    $("online").hidden = found.length > 0 || !location.protocol.startsWith("http");
  } catch (error) {
    if (turn !== state.turn) return;
    if (error instanceof Unable) verdict("unsure", "此浏览器无法核验签名", [error.message, "下列内容未经核验"]);
    else if (error instanceof Doubt) verdict("bad", "不相符，请勿采信", [error.message]);
    else throw error;
  }
  facts(proof);
  inside(proof, proof && file);
}

async function ask() {
  const { proof, sha256 } = state;
  const query = new URLSearchParams();
  if (proof.number) query.set("number", proof.number);
  if (sha256) query.set("pdf", sha256);
  $("checked").className = "";
  $("checked").textContent = "正在核对……";
  try {
    const answer = await fetch(`/v1/document-checks/${proof.digest}?${query}`, { credentials: "omit", cache: "no-store" });
    if (answer.status === 429) throw new Error("问得太频繁，请过一分钟再试");
    if (!answer.ok) throw new Error("服务器暂时不能核对，请稍后再试");
    const told = await answer.json();
    const said = [told.held
      ? told.corrected ? "本局存有这份文书，但它已被更正，请以更正后的为准。" : "本局存有这份文书，未被更正。"
      : "本局尚未收到这份文书。平板可能还没有联网送出；过几天仍查不到的，请向出具单位核实。"];
    if (told.held && told.file !== null) said.push(told.file ? "所选文件与局存原件完全相同。" : "所选文件与局存原件不是同一个文件，请以局存原件为准。");
    $("checked").className = told.held && !told.corrected && told.file !== false ? "good" : "unsure";
    $("checked").textContent = said.join("");
  } catch (error) {
    $("checked").className = "unsure";
    $("checked").textContent = error instanceof TypeError ? "没有网络，未能联网核对；上面的结论不受影响。" : error.message;
  }
}

function fromAddress() {
  state.code = location.hash.length > 1 ? location.hash.slice(1) : "";
  $("code").value = "";
  judge();
}

$("code").addEventListener("input", () => { state.code = $("code").value.trim(); judge(); });
$("file").addEventListener("change", async () => {
  const chosen = $("file").files[0];
  state.file = chosen ? { buffer: await chosen.arrayBuffer() } : null;
  $("clear").hidden = !chosen;
  judge();
});
$("clear").addEventListener("click", () => {
  $("file").value = "";
  $("clear").hidden = true;
  state.file = null;
  judge();
});
$("ask").addEventListener("click", ask);
addEventListener("hashchange", fromAddress);
$("download").hidden = !location.protocol.startsWith("http");
fromAddress();
