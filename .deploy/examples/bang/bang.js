// Draws a chart and a table in each section of the page: data-by names the dimension
// of /api/v1/stats, data-most how many of the largest values are shown, data-last how
// many of the last ones, data-group=copies counts near-duplicates as one.
const status = document.querySelector('#tinh-trang');
const number = new Intl.NumberFormat('vi');

// service is where the API and the pages of the documents are.
function service() {
  const given = new URLSearchParams(location.search).get('api') ?? document.documentElement.dataset.api;
  const url = new URL(given);
  if (!['http:', 'https:'].includes(url.protocol)) throw new Error(`không phải địa chỉ web: ${given}`);
  return url.href.replace(/\/$/, '');
}

// quarter is that of a day, as the API writes it; a date misread lies after today.
const quarter = day => `${day.getFullYear()}-Q${Math.floor(day.getMonth() / 3) + 1}`;

// rows are the counts of a section, the documents that do not say left out.
async function rows(api, section) {
  const { by, group = 'none', most, last } = section.dataset;
  const answer = await fetch(`${api}/api/v1/stats?${new URLSearchParams({ by, group })}`);
  if (!answer.ok) throw new Error(`dịch vụ trả lời ${answer.status}`);
  const cube = await answer.json();
  let list = cube.cells.filter(cell => cell[by] !== 'unknown').map(cell => {
    const filter = new URLSearchParams({ [by]: cell[by], group });
    return { label: cube.labels[by][cell[by]], count: cell.count, href: `${api}/?${filter}` };
  });
  if (last) list = list.filter(row => by !== 'quarter' || row.label <= quarter(new Date())).slice(-last);
  if (most) list = list.toSorted((a, b) => b.count - a.count).slice(0, most);
  return list;
}

function table(list) {
  const t = document.createElement('table');
  for (const { label, count, href } of list) {
    const row = t.insertRow(), head = document.createElement('th'), a = document.createElement('a');
    head.scope = 'row';
    head.textContent = label;
    a.href = href;
    a.textContent = number.format(count);
    row.append(head);
    row.insertCell().append(a);
  }
  return t;
}

function draw(section, list) {
  const box = document.createElement('div'), canvas = document.createElement('canvas');
  box.className = 'drawn';
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', `${section.querySelector('h2').textContent}: số liệu ở bảng bên dưới`);
  box.append(canvas);
  section.append(box, table(list));
  new Chart(canvas, {
    type: 'bar',
    data: { labels: list.map(row => row.label), datasets: [{ data: list.map(row => row.count), backgroundColor: '#b3313a' }] },
    options: {
      indexAxis: section.dataset.most ? 'y' : 'x',
      maintainAspectRatio: false,
      animation: false,
      locale: 'vi',
      plugins: { legend: { display: false } },
      scales: { [section.dataset.most ? 'x' : 'y']: { beginAtZero: true, ticks: { precision: 0 } } },
      onClick: (_, hit) => { if (hit.length) location.href = list[hit[0].index].href; },
    },
  });
}

try {
  const api = service();
  for (const section of document.querySelectorAll('[data-by]')) draw(section, await rows(api, section));
  status.textContent = 'Bấm vào cột hoặc con số để xem các văn bản được đếm.';
} catch (error) {
  status.setAttribute('role', 'alert');
  status.textContent = `Không lấy được số liệu (${error.message}). Dịch vụ có chạy với --cors-origin ${location.origin} không?`;
}
