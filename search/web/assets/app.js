// What the pages do quicker with script. Each part stands alone: where it
// fails, the page goes on without it.
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
// base is the path under which the service is reached: what stands before the folder of this file.
const base = new URL('..', import.meta.url).pathname.slice(0, -1);
// fold drops diacritics, so that lists are searched as the service searches.
const fold = s => s.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase();

// Suggestions while typing: a combobox as the ARIA practices describe it.
function suggestions(form) {
  const input = $('input[type=search]', form);
  const list = document.createElement('ul');
  list.className = 'suggest';
  list.id = 'goi-y';
  list.hidden = true;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', input.dataset.label);
  form.append(list);
  for (const [name, value] of Object.entries({ role: 'combobox', 'aria-expanded': 'false', 'aria-controls': list.id, 'aria-autocomplete': 'list' })) input.setAttribute(name, value);
  let items = [], at = -1, timer, asked = '', running;

  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const mark = n => {
    at = (n + items.length + 1) % (items.length + 1);
    if (at === items.length) at = -1;
    [...list.children].forEach((li, i) => li.setAttribute('aria-selected', String(i === at)));
    if (at < 0) { input.removeAttribute('aria-activedescendant'); return; }
    input.setAttribute('aria-activedescendant', list.children[at].id);
    list.children[at].scrollIntoView({ block: 'nearest' });
  };
  const choose = item => {
    close();
    if (item.id) {
      const [id, anchor] = item.type === 'lesson' ? item.id.split(/#(?=[^#]*$)/) : [item.id];
      location.assign(base + '/bai-viet/' + encodeURIComponent(id) + (anchor ? '#' + encodeURIComponent(anchor) : ''));
      return;
    }
    if (item.type === 'province') { // what is typed is its name, not words to search for
      const query = new URLSearchParams(new FormData(form));
      query.delete('q');
      query.set('province', item.text);
      location.assign(form.action + '?' + query);
      return;
    }
    input.value = item.text;
    form.requestSubmit();
  };
  const show = found => {
    items = found;
    list.replaceChildren(...items.map((item, i) => {
      const li = document.createElement('li');
      li.id = 'goi-y-' + i;
      li.setAttribute('role', 'option');
      li.setAttribute('aria-selected', 'false');
      const text = document.createElement('bdi');
      text.textContent = item.text;
      li.append(text);
      if (item.id || item.type === 'province') { // opens or filters at once instead of searching
        const opens = document.createElement('small');
        opens.textContent = input.dataset[item.type] ?? input.dataset.title;
        li.append(opens);
      }
      li.addEventListener('mousedown', e => { e.preventDefault(); choose(item); });
      return li;
    }));
    at = -1;
    list.hidden = items.length === 0;
    input.setAttribute('aria-expanded', String(items.length > 0));
    input.removeAttribute('aria-activedescendant');
  };
  const ask = async () => {
    const q = input.value.trim();
    if (q === asked && !list.hidden) return;
    asked = q;
    running?.abort();
    if (q.length < 2 || new TextEncoder().encode(q).length > 200) { show([]); return; }
    running = new AbortController();
    try {
      const answer = await fetch(base + '/api/v1/suggest?' + new URLSearchParams({ q, size: 8 }), { signal: running.signal });
      if (answer.ok && document.activeElement === input) show((await answer.json()).suggestions);
    } catch { /* typed on, or no connection: the form still works */ }
  };
  input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
  input.addEventListener('blur', close);
  input.addEventListener('keydown', e => {
    if (e.isComposing) return; // an input method is putting a letter together
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      if (list.hidden) { ask(); return; }
      e.preventDefault();
      mark(e.key === 'ArrowDown' ? at + 1 : at < 0 ? items.length - 1 : at - 1);
    } else if (e.key === 'Escape' && !list.hidden) {
      e.preventDefault();
      close();
    } else if (e.key === 'Enter' && at >= 0 && !list.hidden) {
      e.preventDefault();
      choose(items[at]);
    }
  });
}

// Long lists are narrowed while a value is typed, what the page left out of
// them is asked for then; Enter takes the first of those left, or asks for what
// the list does not hold. The form comes when the list is opened: for a form in a
// closed list browsers lay that list out.
function findable(details) {
  const closed = $('noscript', details);
  const open = () => {
    if (!closed.isConnected) return;
    closed.insertAdjacentHTML('beforebegin', closed.textContent);
    closed.remove();
    finding(details);
  };
  if (details.open) open();
  for (const event of ['click', 'toggle']) details.addEventListener(event, open);
}
function finding(details) {
  const form = $('.find', details), input = $('input[type=search]', form), list = $('.values', details);
  let facet = details.dataset.findable, items;
  const read = () => { items = $$('li', list).map(li => [li, fold(li.textContent)]); };
  const narrow = () => {
    const wanted = fold(input.value.trim());
    for (const [li, text] of items) li.hidden = !text.includes(wanted);
  };
  const rest = async facet => {
    const query = new URLSearchParams($$('input[type=hidden]', form).map(i => [i.name, i.value]));
    const shown = new Set($$('a', details.parentElement).flatMap(a => new URL(a.href).searchParams.getAll(facet)));
    const answer = await fetch(`${base}/api/v1/search?${query}&size=0&facets=${facet}`);
    if (!answer.ok) return;
    for (const { value, label, count } of (await answer.json()).facets[facet]) {
      if (!count || shown.has(value)) continue;
      const li = document.createElement('li'), a = document.createElement('a');
      a.href = `${base}/?${query}&${new URLSearchParams({ [facet]: value })}`;
      for (const [name, text] of [['label', label || value], ['n', count.toLocaleString(document.documentElement.lang)]]) {
        const span = document.createElement('span');
        span.className = name;
        span.textContent = text;
        a.append(span, ' ');
      }
      li.append(a);
      list.append(li);
    }
    $('[data-beyond]', details).remove();
    read();
    narrow();
  };
  read();
  input.addEventListener('input', () => {
    narrow();
    if (!facet) return;
    rest(facet).catch(() => { /* no connection: the form still works */ });
    facet = '';
  });
  form.addEventListener('submit', e => {
    const found = items.map(([li]) => !li.hidden && $('a', li)).find(a => a);
    if (!found) return;
    e.preventDefault();
    location.assign(found.href);
  });
}

// A range of years is dragged on the histogram.
function years(svg) {
  const bars = $$('a', svg);
  let start = null, end = null;
  const under = e => {
    const box = svg.getBoundingClientRect();
    const first = Number(svg.dataset.first), last = Number(svg.dataset.last);
    const share = Math.min(Math.max((e.clientX - box.left) / box.width, 0), .9999);
    return first + Math.floor(share * (last - first + 1));
  };
  const paint = () => bars.forEach(a => {
    const y = Number(a.dataset.year);
    a.classList.toggle('within', start !== null && y >= Math.min(start, end) && y <= Math.max(start, end));
  });
  svg.addEventListener('dragstart', e => e.preventDefault());
  svg.addEventListener('pointerdown', e => { if (e.button === 0 && bars.length) { start = end = under(e); } });
  addEventListener('pointermove', e => { if (start !== null) { end = under(e); paint(); } });
  addEventListener('pointerup', e => {
    if (start === null) return;
    end = under(e);
    const [from, to] = [Math.min(start, end), Math.max(start, end)];
    const dragged = from !== to;
    start = null;
    paint();
    if (!dragged) return;
    svg.addEventListener('click', e => e.preventDefault(), { capture: true, once: true });
    const form = $('.range', svg.parentElement);
    form.elements.from.value = from + '-01-01';
    form.elements.to.value = to + '-12-31';
    form.requestSubmit();
  });
}

// An open page says when there is newer data than it shows; figures are
// renewed in their places, so that nothing moves under who reads them.
function watch() {
  const body = document.body, note = $('[data-newer]');
  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(base + '/readyz', { cache: 'no-store' });
      if (!answer.ok || (await answer.json()).generation === body.dataset.generation) return;
      if ($('[data-live]')) await renew();
      else note.hidden = false;
    } catch { /* asked again */ }
  };
  setInterval(look, 15_000);
  addEventListener('visibilitychange', look);
}

async function renew() {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = $$('[data-live]', page);
  $$('[data-live]').forEach((old, i) => {
    if (!fresh[i]) return;
    const at = $$('details, .scroll', old).map(e => [e.open, e.scrollTop, e.scrollLeft]);
    const href = old.contains(document.activeElement) && document.activeElement.getAttribute('href');
    old.replaceWith(fresh[i]);
    $$('details, .scroll', fresh[i]).forEach((e, n) => { if (at[n]) [e.open, e.scrollTop, e.scrollLeft] = at[n]; });
    if (href) $$('a', fresh[i]).find(a => a.getAttribute('href') === href)?.focus({ preventScroll: true });
  });
  document.body.dataset.generation = page.body.dataset.generation;
  $('[data-renewed]').hidden = false;
}

// typing says whether a key is meant for something else than the page.
const typing = e => e.ctrlKey || e.metaKey || e.altKey || e.isComposing || e.target.closest?.('input, select, textarea');

// Found words are walked through, in the order of the text.
function walk(bar) {
  const marks = $$('[data-walked] mark');
  if (!marks.length) return;
  let at = -1;
  const out = $('output', bar);
  const go = n => {
    marks[at]?.classList.remove('here');
    at = (n + marks.length) % marks.length;
    marks[at].classList.add('here');
    marks[at].scrollIntoView({ block: 'center' });
    out.textContent = `${at + 1}/${marks.length}`;
  };
  bar.addEventListener('click', e => {
    const step = e.target.closest('[data-step]')?.dataset.step;
    if (step) go(at < 0 && step === '-1' ? -1 : at + Number(step));
  });
  $('.jumps', bar).remove();
  for (const button of $$('[data-step]', bar)) button.hidden = false;
  addEventListener('keydown', e => {
    if (typing(e)) return;
    if (e.key === 'n') go(at + 1);
    if (e.key === 'p') go(at < 0 ? -1 : at - 1);
  });
}

// A place of a long text may be on the page of another part: the table of
// contents knows which.
function elsewhere(contents) {
  const anchor = location.hash;
  if (anchor.length < 2 || document.getElementById(decodeURIComponent(anchor.slice(1)))) return;
  const link = $$('a', contents).find(a => a.hash === anchor && a.search !== location.search);
  if (link) location.replace(link.href);
}

// A text is copied with one press, over plain HTTP too, where there is no
// clipboard but that of the selection.
function copy(button) {
  const text = $(button.dataset.copy);
  button.hidden = false;
  button.addEventListener('click', async () => {
    getSelection().selectAllChildren(text);
    try {
      await navigator.clipboard.writeText(text.textContent.trim());
    } catch {
      document.execCommand('copy');
    }
    button.textContent = button.dataset.done;
  });
}

// rich puts texts on the clipboard, as they look and as plain text; over plain HTTP,
// where there is no clipboard but that of the selection, through that.
async function rich(nodes) {
  const page = document.createElement('div');
  page.append(...nodes.map(node => node.cloneNode(true)));
  document.body.append(page);
  try {
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(
      [['text/html', page.innerHTML], ['text/plain', page.innerText]].map(([type, text]) => [type, new Blob([text], { type })])))]);
  } catch {
    getSelection().selectAllChildren(page);
    document.execCommand('copy');
    getSelection().removeAllRanges();
  }
  page.remove();
}

// A lesson is copied where it stands; without script its link leads to a page to
// copy from.
function take(link) {
  const done = document.body.dataset.copied;
  link.addEventListener('click', async e => {
    if (e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    try {
      const answer = await fetch(link.href);
      await rich($$('[data-taken]', new DOMParser().parseFromString(await answer.text(), 'text/html')));
      link.textContent = done;
    } catch {
      location.assign(link.href);
    }
  });
}

// What is chosen stays in this browser; the page of the selection has it in its
// address.
const chosen = {
  most: 100,
  get ids() { try { return JSON.parse(localStorage.getItem('nq-gio')) || []; } catch { return []; } },
  set ids(list) { try { localStorage.setItem('nq-gio', JSON.stringify(list.slice(0, this.most))); } catch { /* as without script */ } },
  get href() { return base + '/gio?' + new URLSearchParams(this.ids.map(id => ['id', id])); },
};
function choosing(form) {
  const boxes = [...form.elements].filter(e => e.type === 'checkbox');
  const show = () => {
    const ids = chosen.ids;
    for (const box of boxes) box.checked = ids.includes(box.value);
    $('[data-chosen]').textContent = ids.length ? ` (${ids.length})` : '';
  };
  for (const box of boxes) {
    box.addEventListener('change', () => {
      chosen.ids = [...chosen.ids.filter(id => id !== box.value), ...(box.checked ? [box.value] : [])];
      show();
    });
  }
  form.addEventListener('submit', e => { e.preventDefault(); location.assign(chosen.href); });
  addEventListener('pageshow', show);
  addEventListener('storage', show);
  show();
}
function basket(page) {
  const act = (button, nodes) => {
    button.hidden = false;
    button.addEventListener('click', async () => { await rich(nodes); button.textContent = button.dataset.done; });
  };
  act($('[data-take-all]', page), $$('[data-taken]', page));
  for (const item of $$('.taken', page)) act($('[data-take-this]', item), [$('[data-taken]', item)]);
  for (const link of $$('[data-drop]', page)) link.addEventListener('click', () => { chosen.ids = chosen.ids.filter(id => id !== link.dataset.drop); });
  $('[data-empty]', page).addEventListener('click', () => { chosen.ids = []; });
}

// Searches kept in this browser, each with the time up to which it was looked at.
const kept = {
  get all() { try { return JSON.parse(localStorage.getItem('nq-theo-doi')) || {}; } catch { return {}; } },
  set all(map) { try { localStorage.setItem('nq-theo-doi', JSON.stringify(map)); } catch { /* a bookmark does it too */ } },
};
// news makes a link lead to what came into a kept search since it was last looked at,
// which a press on it is.
function news(link, key, created) {
  link.href = `${base}/?${key}&${new URLSearchParams({ added: kept.all[key].since, sort: 'added' })}`;
  link.addEventListener('click', () => { const all = kept.all; if (all[key]) { all[key].since = created; kept.all = all; } });
}
function follow(panel) {
  const { follow: key, name, created } = panel.dataset;
  const button = $('[data-keep]', panel), since = $('[data-since]', panel), keep = button.textContent;
  const show = () => {
    const known = kept.all[key];
    button.hidden = false;
    button.textContent = known ? button.dataset.drop : keep;
    since.hidden = !known;
    if (!known) return;
    $('span', since).textContent = new Date(known.since).toLocaleString(document.documentElement.lang);
    news($('a', since), key, created);
  };
  button.addEventListener('click', () => {
    const all = kept.all;
    if (all[key]) delete all[key];
    else all[key] = { name, since: created };
    kept.all = all;
    show();
  });
  show();
}
function saved(section) {
  const list = Object.entries(kept.all);
  section.hidden = !list.length;
  for (const [key, { name }] of list) {
    const li = document.createElement('li'), page = document.createElement('a');
    page.href = `${base}/theo-doi?${key}`;
    page.textContent = name;
    li.append(page);
    $('ul', section).append(li);
  }
}
if (document.body.matches('.page-basket') && !location.search && chosen.ids.length) location.replace(chosen.href);

// A slow answer is waited for in sight of a word. Files leave the page where it is.
function waiting(note) {
  let timer;
  const end = () => { clearTimeout(timer); note.hidden = true; };
  const begin = () => {
    end();
    timer = setTimeout(() => { note.hidden = false; timer = setTimeout(end, 20_000); }, 300);
  };
  const file = path => path.startsWith(base + '/api/') || /\.\w{3,5}$/.test(path);
  addEventListener('submit', e => { if (!e.defaultPrevented && !file(new URL(e.target.action).pathname)) begin(); });
  addEventListener('click', e => {
    const a = e.target.closest?.('a[href]');
    if (!a || e.defaultPrevented || e.button || e.ctrlKey || e.metaKey || e.shiftKey || a.target || a.hasAttribute('download')) return;
    const to = new URL(a.href, location.href);
    if (to.origin !== location.origin || file(to.pathname) || to.pathname + to.search === location.pathname + location.search) return;
    begin();
  });
  addEventListener('pageshow', end);
}

// The drawer of filters closes as drawers do.
function drawer(link) {
  addEventListener('keydown', e => {
    if (e.key !== 'Escape' || location.hash !== link.hash) return;
    location.hash = '#n';
    link.focus();
  });
}

const run = parts => {
  for (const [selector, start] of parts) {
    for (const element of $$(selector)) start(element);
  }
};
// These change what is seen, so they run before the first paint.
run([
  ['[data-basket]', basket], ['[data-follow]', follow], ['[data-saved]', saved], ['[data-walk]', walk], ['.contents', elsewhere], ['[data-copy]', copy],
  ['[data-print]', button => { button.hidden = false; button.addEventListener('click', () => print()); }],
]);
addEventListener('keydown', e => {
  if (e.key !== '/' || typing(e) || !$('#q')) return;
  e.preventDefault();
  $('#q').select();
});
// A menu closes as menus do.
function menu(menu) {
  addEventListener('click', e => { if (!menu.contains(e.target)) menu.open = false; });
  menu.addEventListener('keydown', e => {
    if (e.key !== 'Escape') return;
    menu.open = false;
    $('summary', menu).focus();
  });
}
// The rest answers to a reader's hand, or shows what this browser keeps: the page is
// painted first.
requestAnimationFrame(() => setTimeout(() => {
  run([
    ['[data-take]', take], ['#gio', choosing], ['[data-suggest]', suggestions], ['[data-findable]', findable], ['[data-years]', years],
    ['[data-busy]', waiting], ['[data-drawer]', drawer], ['.menu', menu],
  ]);
  if (document.body.dataset.generation) watch();
  performance.mark('started'); // tests wait for it
}));
