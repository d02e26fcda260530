// A real OpenID provider for the tests: `node identity_provider.mjs PORT REDIRECT_URI`; says "ready" when it answers.
// It asks who you are and believes it; everything else, PKCE too, is done by oidc-provider as it is certified.
import Provider from "oidc-provider";

const [port, redirect] = process.argv.slice(2);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: "samenhang", client_secret: "a secret of nobody", redirect_uris: [redirect] }],
  claims: { openid: ["sub", "acr", "amr", "auth_time"] },
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  // Nobody is asked for consent: an employer's provider does not ask either.
  loadExistingGrant: async (ctx) => {
    const { client, session } = ctx.oidc;
    const grant = new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope("openid");
    await grant.save();
    return grant;
  },
});

const form = `<!doctype html><html lang="en"><title>Provider</title><main><h1>Provider of nobody</h1><form method="post">
<label>Account <input name="login"></label> <label>Proved with <input name="amr" value="pwd"></label>
<button>Sign in there</button></form></main></html>`;

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith("/interaction/")) return next();
  if (ctx.method === "GET") {
    ctx.type = "html";
    ctx.body = form;
    return;
  }
  const parts = [];
  for await (const part of ctx.req) parts.push(part);
  const typed = new URLSearchParams(Buffer.concat(parts).toString());
  const result = typed.get("login")
    ? { login: { accountId: typed.get("login"), amr: typed.get("amr").split(",") } }
    : { error: "access_denied", error_description: "nobody" };
  await provider.interactionFinished(ctx.req, ctx.res, result);
  ctx.respond = false;
});

provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
