// What makes the plain forms pleasanter. Every page works without it.
"use strict";
document.documentElement.classList.add("js");

const current = document.querySelector(".nav [aria-current]");
if (current) current.parentElement.scrollLeft = current.offsetLeft - current.parentElement.offsetLeft - 60;

const problem = document.querySelector(".problem");
if (problem && !document.querySelector("[autofocus]")) problem.focus();

// A choice in a filter goes at once.
for (const select of document.querySelectorAll("select[data-go]"))
  select.addEventListener("change", () => select.form.requestSubmit());

// A form is sent once. Coming back to the page by the browser's arrow frees it again.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (event.defaultPrevented || !button || event.target.method !== "post") return;
  if (button.getAttribute("aria-busy")) return event.preventDefault();
  button.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => {
  for (const busy of document.querySelectorAll("[aria-busy]")) busy.removeAttribute("aria-busy");
});

// Show another page's body in this one: what the server answered to a request of ours.
function show(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  document.title = page.title;
  document.querySelector("main").replaceWith(page.querySelector("main"));
  prepare();
  const told = document.querySelector(".problem");
  if (told) told.focus();
}

function working(form, says, percent) {
  const box = form.querySelector("[data-working]") || document.querySelector("[data-working]");
  box.hidden = false;
  box.querySelector("[data-says]").textContent = says;
  const bar = box.querySelector("progress");
  if (percent === null) bar.removeAttribute("value");
  else bar.value = percent;
}

// A workbook goes up with a bar; the same form without script does the same without one.
function upload(form) {
  const input = form.querySelector("input[type=file]");
  const drop = form.querySelector("[data-drop]");
  const name = form.querySelector("[data-name]");
  const named = () => { if (input.files.length) name.textContent = input.files[0].name; };
  input.addEventListener("change", named);
  for (const kind of ["dragover", "dragleave", "drop"])
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files.length) {
        input.files = event.dataTransfer.files;
        named();
      }
    });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const file = input.files[0];
    const button = event.submitter;
    if ((!file && !input.matches("[data-optional]")) || (button && button.getAttribute("aria-busy"))) return;
    if (file && file.size > Number(input.dataset.most)) {
      working(form, form.dataset.tooLarge || "文件超过 64 MB，请拆分后再导入", 0);
      return;
    }
    if (button) button.setAttribute("aria-busy", "true");
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.addEventListener("progress", (sent) => {
      if (sent.loaded < sent.total)
        working(form, `正在上传… ${Math.floor((100 * sent.loaded) / sent.total)}%`, (100 * sent.loaded) / sent.total);
      else working(form, form.dataset.after || "已上传，正在逐格核对…", null);
    });
    request.addEventListener("load", () => {
      if (request.status < 400) location.assign(request.responseURL);
      else show(request.responseText);
    });
    request.addEventListener("error", () => {
      working(form, "上传中断，请检查网络后重新上传", 0);
      if (button) button.removeAttribute("aria-busy");
    });
    request.send(new FormData(form));
  });
}

// Long work shows how far it has come.
function long(form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    if (button.getAttribute("aria-busy")) return;
    button.setAttribute("aria-busy", "true");
    let over = false;
    const body = new URLSearchParams(new FormData(form));
    const done = fetch(form.action, { method: "POST", body }).finally(() => { over = true; });
    working(form, "正在写入台账…", 0);
    const look = async () => {
      if (over) return;
      const answer = await fetch(form.dataset.long).catch(() => null);
      if (!over && answer && answer.ok && !answer.redirected) {
        const told = await answer.json();
        working(form, `正在写入台账… ${told.percent}%`, told.percent);
      }
      setTimeout(look, 800);
    };
    setTimeout(look, 400);
    try {
      const answer = await done;
      if (answer.ok) location.assign(answer.url);
      else show(await answer.text());
    } catch {
      working(form, "网络中断。导入可能仍在进行，请稍后刷新本页", null);
      button.removeAttribute("aria-busy");
    }
  });
}

// Plants are found while the name is typed.
function picker(field) {
  const input = field.querySelector("input[type=search]");
  const choices = field.querySelector("[data-choices]");
  let waiting, asked = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const mine = ++asked;
      const url = new URL(field.dataset.picker, location.href);
      url.searchParams.set("q", input.value);
      url.searchParams.set("chosen", choices.querySelector(":checked")?.value || "");
      const answer = await fetch(url).catch(() => null);
      if (answer && answer.ok && !answer.redirected && mine === asked) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        // What was chosen stays chosen, whatever is looked for next.
        const chosen = choices.querySelector(":checked");
        const found = [...page.body.children];
        if (chosen) {
          const again = found.find((one) => one.querySelector("input")?.value === chosen.value);
          if (again) again.querySelector("input").checked = true;
          else found.unshift(chosen.closest(".choice"));
        }
        choices.replaceChildren(...found);
      }
    }, 250);
  });
  input.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
}

// A violation is weighed while it is filled in: an offence brings its articles, and then its ranges.
function weigh(row) {
  const path = row.dataset.path, input = (name) => row.querySelector(`[name="${path}.${name}"]`);
  let waiting, asked = 0;
  const follow = (radio) => {
    // Articles follow from the offence; what happened in this case stays in the handler's words.
    for (const name of ["description", "broke", "basis"]) {
      const field = input(name), known = radio.dataset[name];
      if (known && (name !== "description" || !field.value.trim())) field.value = known;
    }
  };
  const look = (whole) => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const mine = ++asked, url = new URL(row.dataset.weigh, location.href);
      for (const [name, value] of new FormData(row.closest("form")))
        if (name.startsWith(`${path}.`) && value) url.searchParams.append(name.slice(path.length + 1), value);
      url.searchParams.set("path", path);
      url.searchParams.set("party", row.closest("[data-party]")?.dataset.party || "");
      const answer = await fetch(url).catch(() => null);
      if (!answer || !answer.ok || answer.redirected || mine !== asked) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of whole ? ["[data-choose]", "[data-result]"] : ["[data-result]"])
        row.querySelector(part).replaceChildren(...page.querySelector(part).childNodes);
    }, 200);
  };
  row.addEventListener("change", (event) => {
    const name = event.target.name.slice(path.length + 1);
    if (name === "q") return;
    if (name === "offence") follow(event.target);
    look(["offence", "when", "on", "ended_on"].includes(name));
  });
}

// The earliest lawful day of a hearing follows from the day on which its notice is served.
function hearing(form) {
  const days = JSON.parse(form.dataset.hearing);
  const served = form.elements["said.received_on"], on = form.elements["said.hearing_on"];
  const told = form.querySelector("[data-earliest-told]");
  const follow = () => {
    const first = days[served.value];
    if (!first) return;
    on.min = first;
    if (!on.value) on.value = first;
    if (told) told.textContent = `通知于 ${served.value} 送达的，最早可于 ${first} 举行（送达与举行之间隔七个工作日）`;
  };
  served.addEventListener("change", follow);
}

// A plan of instalments says at once what it comes to and what is left.
function sums(line) {
  const form = line.closest("form"), whole = Number(line.dataset.sums);
  const said = (fen) => `¥${(fen / 100).toLocaleString("zh-CN", { minimumFractionDigits: 2 })}`;
  form.addEventListener("input", () => {
    let planned = 0;
    for (const input of form.querySelectorAll('[name^="said.instalments."][name$=".amount"]'))
      planned += Math.round(Number(input.value.replaceAll(",", "")) * 100) || 0;
    line.querySelector("[data-planned]").textContent = said(planned);
    line.querySelector("[data-rest]").textContent = planned === whole ? "合计相符"
      : planned < whole ? `还差 ${said(whole - planned)}` : `多出 ${said(planned - whole)}`;
  });
}

// A phrase that is proposed goes in after what was typed.
function phrases(box) {
  const field = document.getElementById(box.dataset.phrases);
  box.addEventListener("click", (event) => {
    const phrase = event.target.dataset.phrase;
    if (!phrase) return;
    field.value = field.tagName === "TEXTAREA" && field.value.trim() ? `${field.value.trimEnd()}\n${phrase}` : phrase;
    field.focus();
  });
}

function prepare() {
  document.querySelectorAll("[data-phrases]").forEach(phrases);
  document.querySelectorAll("[data-weigh]").forEach(weigh);
  document.querySelectorAll("form[data-hearing]").forEach(hearing);
  document.querySelectorAll("[data-sums]").forEach(sums);
  document.querySelectorAll("form[data-upload]").forEach(upload);
  document.querySelectorAll("form[data-long]").forEach(long);
  document.querySelectorAll("[data-picker]").forEach(picker);
}
prepare();
