// What tools make of three golden logs: node make.mjs, in a folder with prettier@3, turndown@7, markdown-it@14, gray-matter@4,
// remark@15 and remark-frontmatter@5 installed. `pyyaml` is yaml.safe_dump(yaml.safe_load(front matter)).
import fs from "node:fs";
import path from "node:path";
import MarkdownIt from "markdown-it";
import TurndownService from "turndown";
import matter from "gray-matter";
import prettier from "prettier";
import { remark } from "remark";
import remarkFrontmatter from "remark-frontmatter";

const [golden, here] = process.argv.slice(2);
const names = ["2025-11-24-080531-prepare", "2025-11-26-165208-reflect", "2025-12-15-163000-follow-up"];
const html = (text) => new MarkdownIt({ html: true }).render(text);
const below = (text, change) => text.replace(/^(---\n[^]*?\n---\n)([^]*)$/, (_, front, body) => `${front}\n${change(body)}\n`);
const pretty = (options) => (text) => prettier.format(text, { parser: "markdown", proseWrap: "always", tabWidth: 4, ...options });
const tools = {
  "prettier-4-always": pretty({}),
  "prettier-tabs": pretty({ useTabs: true }),
  turndown: (text) => below(text, (body) => new TurndownService({ headingStyle: "atx" }).turndown(html(body))),
  "turndown-setext": (text) => below(text, (body) => new TurndownService().turndown(html(body))),
  "turndown-whole": (text) => `${new TurndownService({ headingStyle: "atx" }).turndown(html(text))}\n`,
  remark: async (text) => String(await remark().use(remarkFrontmatter).process(text)),
  "gray-matter": (text) => matter.stringify(matter(text).content, matter(text).data),
};
for (const [tool, change] of Object.entries(tools)) {
  fs.mkdirSync(path.join(here, tool), { recursive: true });
  for (const name of names) {
    const text = fs.readFileSync(path.join(golden, `${name}.md`), "utf8");
    fs.writeFileSync(path.join(here, tool, `${name}.md`), await change(text));
  }
}
