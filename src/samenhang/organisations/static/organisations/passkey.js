/* Asks the browser for a security key or passkey and sends its answer. The server decides whether it is right. */
"use strict";

(() => {
  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

  // WebAuthn level 2 speaks in buffers; the question came, and the answer goes, as base64url.
  const asked = (question) => ({
    ...question,
    challenge: bytes(question.challenge),
    ...(question.user && { user: { ...question.user, id: bytes(question.user.id) } }),
    ...(question.excludeCredentials && {
      excludeCredentials: question.excludeCredentials.map((key) => ({ ...key, id: bytes(key.id) })),
    }),
    ...(question.allowCredentials && {
      allowCredentials: question.allowCredentials.map((key) => ({ ...key, id: bytes(key.id) })),
    }),
  });

  const told = (credential) => {
    const given = credential.response;
    const response = { clientDataJSON: text(given.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (given[name]) response[name] = text(given[name]);
    }
    return {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response,
      clientExtensionResults: credential.getClientExtensionResults(),
    };
  };

  const ask = async (event) => {
    const form = event.target;
    event.preventDefault();
    const failed = form.querySelector("[data-key-failed]");
    failed.hidden = true;
    try {
      const publicKey = asked(JSON.parse(form.dataset.keyQuestion));
      const credential = await navigator.credentials[form.dataset.keyAsk]({ publicKey });
      form.elements.answer.value = JSON.stringify(told(credential));
      form.submit();
    } catch {
      delete form.dataset.sent;
      failed.hidden = false;
    }
  };

  document.querySelectorAll("form[data-key-ask]").forEach((form) => form.addEventListener("submit", ask));
})();
