import Digest
import Foundation

/// The parts that the pages of all audits share.
enum AuditPageParts {
    static let style = """
        :root { color-scheme: light dark; --text: #1b1f24; --back: #ffffff; --line: #d4d9df; --dim: #6a737d;
          --bar: #2f6fb0; --odd: #7a5200; --odd-back: #fff3d1; --alarm: #a3121f; --alarm-back: #ffe3e3; }
        @media (prefers-color-scheme: dark) { :root { --text: #e4e8ec; --back: #14181d; --line: #343b44;
          --dim: #8d97a3; --bar: #6aa6e0; --odd: #f2cc77; --odd-back: #3a2f12; --alarm: #ff9aa2;
          --alarm-back: #45181d; } }
        body { margin: 2rem; color: var(--text); background: var(--back);
          font: 14px/1.5 system-ui, sans-serif; }
        h1 { font-size: 1.3rem; }
        svg { display: block; width: 100%; max-width: 640px; fill: currentColor; font-size: 13px; }
        svg rect { fill: var(--bar); }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; }
        dt { color: var(--dim); } dd { margin: 0; }
        li { margin: .2rem 0; } li, td, th { overflow-wrap: anywhere; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; white-space: nowrap; }
        th, td { padding: .25rem .7rem; border-bottom: 1px solid var(--line); text-align: left; }
        tbody th { font-weight: 600; }
        thead th { position: sticky; top: 0; background: var(--back); }
        thead button { all: unset; cursor: pointer; font-size: .85em; font-weight: 600; color: var(--dim); }
        thead button:focus-visible { outline: 2px solid var(--bar); }
        [aria-sort=ascending] button::after { content: " ▲"; }
        [aria-sort=descending] button::after { content: " ▼"; }
        .missing { color: var(--dim); }
        .odd { color: var(--odd); background: var(--odd-back); }
        .alarming { color: var(--alarm); background: var(--alarm-back); }
        li.odd, li.alarming { background: none; }
        """

    /// A script that sorts rows as people read versions: numbers by their value.
    static let script = """
        const order = new Intl.Collator(undefined, {numeric: true});
        const heads = [...document.querySelectorAll("thead th")];
        const body = document.querySelector("tbody");
        const key = (row, i) => row.cells[i]?.dataset.key ?? row.cells[i]?.textContent ?? "";
        heads.forEach((head, i) => head.firstChild.addEventListener("click", () => {
          const down = head.ariaSort === "ascending";
          heads.forEach(other => other.removeAttribute("aria-sort"));
          head.setAttribute("aria-sort", down ? "descending" : "ascending");
          const rows = [...body.rows].sort((a, b) => order.compare(key(a, i), key(b, i)));
          body.append(...(down ? rows.reverse() : rows));
        }));
        """

    /// The digest of `script`, as a content security policy names it.
    static let scriptDigest = "sha256-" + Data(SHA256.digest(Array(script.utf8))).base64EncodedString()
}
