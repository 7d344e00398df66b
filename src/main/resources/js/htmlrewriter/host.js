// dev.skerry.webapi.html.HtmlRewriterApi's host, which finds the tokens and writes them, for the modules beside this one.
export const parser = host;
