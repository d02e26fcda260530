/* Keys, drafts, labels of stacked tables. Everything works without this file, only less quickly. */
"use strict";

(() => {
  const KEYS_OFF = "samenhang.keys-off";
  const DRAFT = "samenhang.draft:";
  const SENT = "samenhang.sent";
  const USER = "samenhang.user";
  const HALF_A_DAY = 12 * 60 * 60 * 1000;

  /* ---- One-key decisions: data-key="1" on a button, a link or a radio button ---- */

  // WCAG 2.1.4: single keys can be switched off, in the dialog that "?" opens.
  const keysOn = () => localStorage.getItem(KEYS_OFF) === null;

  const isTyping = (element) =>
    element.isContentEditable ||
    element.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=submit], [type=button])");

  const nameOf = (element) => {
    const copy = (element.closest("label") ?? element).cloneNode(true);
    copy.querySelectorAll("kbd, .samenhang-decisions__hint").forEach((part) => part.remove());
    return copy.textContent.trim();
  };

  const showKeys = (root) => {
    root.querySelectorAll("[data-key]").forEach((element) => {
      const place = element.closest("label") ?? element;
      place.querySelector(":scope > kbd")?.remove();
      element.removeAttribute("aria-keyshortcuts");
      if (!keysOn()) return;
      const key = document.createElement("kbd");
      key.textContent = element.dataset.key;
      key.setAttribute("aria-hidden", "true");
      place.prepend(key);
      element.setAttribute("aria-keyshortcuts", element.dataset.key);
    });
  };

  const openKeys = () => {
    const dialog = document.getElementById("keys");
    if (!dialog || dialog.open) return;
    const list = dialog.querySelector("dl");
    list.querySelectorAll("[data-found]").forEach((line) => line.remove());
    document.querySelectorAll("[data-key]").forEach((element) => {
      const line = list.firstElementChild.cloneNode(true);
      line.dataset.found = "";
      line.querySelector("kbd").textContent = element.dataset.key;
      line.querySelector("dd").textContent = nameOf(element);
      list.append(line);
    });
    dialog.showModal();
  };

  const obey = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (!keysOn()) return;
    if (event.key === "?") {
      event.preventDefault();
      openKeys();
      return;
    }
    const element = document.querySelector(`[data-key="${CSS.escape(event.key)}"]:not(:disabled)`);
    if (!element) return;
    event.preventDefault();
    element.focus();
    element.click();
  };

  /* ---- Drafts: only textareas that ask for it with data-draft ---- */

  // Session storage: this tab only. Emptied when the form is accepted, at sign-out, when someone
  // else signs in and after half a day. Fields whose text must be encrypted at rest do not ask.
  const draftOf = (area) => `${DRAFT}${location.pathname}#${area.name}`;

  const draftKeys = () => Object.keys(sessionStorage).filter((key) => key.startsWith(DRAFT));

  const forgetDrafts = () => draftKeys().forEach((key) => sessionStorage.removeItem(key));

  const keepDraft = (area) => {
    if (!document.body.dataset.user) return;
    sessionStorage.setItem(draftOf(area), JSON.stringify({ text: area.value, at: Date.now() }));
  };

  const restoreDrafts = (root) => {
    root.querySelectorAll("textarea[data-draft]").forEach((area) => {
      const kept = JSON.parse(sessionStorage.getItem(draftOf(area)) ?? "null");
      if (kept && Date.now() - kept.at < HALF_A_DAY && area.value === area.defaultValue && !area.value) {
        area.value = kept.text;
      }
    });
  };

  const hasErrors = (form) => form?.querySelector(".samenhang-errors") != null;

  // The page after a sent form tells whether it was accepted: a page inside, without errors in that form.
  // A page outside (sign-in, an error page) means it was not, so the draft stays.
  const settleDrafts = () => {
    const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "[]");
    sessionStorage.removeItem(SENT);
    const user = document.body.dataset.user;
    if (!user) return;
    if (sessionStorage.getItem(USER) !== user) forgetDrafts();
    sessionStorage.setItem(USER, user);
    const refused = new Set(
      [...document.querySelectorAll("textarea[data-draft]")].filter((area) => hasErrors(area.form)).map(draftOf),
    );
    sent.filter((key) => !refused.has(key)).forEach((key) => sessionStorage.removeItem(key));
    draftKeys()
      .filter((key) => Date.now() - JSON.parse(sessionStorage.getItem(key)).at > HALF_A_DAY)
      .forEach((key) => sessionStorage.removeItem(key));
  };

  const draftsIn = (form) => [...form.querySelectorAll("textarea[data-draft]")].map(draftOf);

  const send = (event) => {
    const form = event.target;
    if (form.method === "dialog") return;
    // A key pressed twice must not send twice.
    if (form.dataset.sent !== undefined) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (form.method === "post") {
      form.dataset.sent = "";
      // A form that answers with a file leaves this page as it is.
      setTimeout(() => delete form.dataset.sent, 5000);
    }
    if (form.matches("[data-forgets]")) {
      forgetDrafts();
      return;
    }
    if (!form.hasAttribute("hx-post")) sessionStorage.setItem(SENT, JSON.stringify(draftsIn(form)));
  };

  /* ---- Stacked tables: each cell says its column on a phone ---- */

  const labelCells = (root) => {
    root.querySelectorAll(".samenhang-table--stacked").forEach((table) => {
      const columns = [...table.querySelectorAll("thead th")].map((cell) => cell.textContent.trim());
      table.querySelectorAll("tbody tr").forEach((row) => {
        [...row.cells].forEach((cell, place) => {
          if (cell.dataset.label === undefined && cell.colSpan === 1) cell.dataset.label = columns[place] ?? "";
        });
      });
    });
  };

  const prepare = (root) => {
    labelCells(root);
    showKeys(root);
    restoreDrafts(root);
    root.querySelector(".samenhang-errors")?.focus();
  };

  document.addEventListener("keydown", obey);
  document.addEventListener("submit", send, true);
  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea[data-draft]")) keepDraft(event.target);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-opens=keys]")) openKeys();
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-keys-on]")) return;
    if (event.target.checked) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, "");
    showKeys(document);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form");
    if (!form) return;
    delete form.dataset.sent;
    if (event.detail.successful) draftsIn(form).forEach((key) => sessionStorage.removeItem(key));
  });
  document.addEventListener("htmx:afterSwap", (event) => prepare(event.target));
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  });

  const onKeys = document.querySelector("[data-keys-on]");
  if (onKeys) onKeys.checked = keysOn();
  settleDrafts();
  prepare(document);
})();
