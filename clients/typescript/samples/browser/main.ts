import { RankingDocument, type RankingQuery } from '../../src';
import { makeApolloClient } from './apollo';

const client = makeApolloClient('/graphql');
const status = document.getElementById('status');
const body = document.getElementById('rows');
const more = document.getElementById('more');

const cell = (text: string, className = ''): HTMLTableCellElement => {
  const td = document.createElement('td');
  // Text, never HTML: names come from the data.
  td.textContent = text;
  td.className = className;
  return td;
};

function draw(ranking: NonNullable<RankingQuery['ranking']>): void {
  const { rows, year, release } = ranking;
  if (status)
    status.textContent = `${String(rows.nodes.length)} of ${String(rows.totalCount)} cities, ${String(year)}, release ${release.version}`;
  body?.replaceChildren(
    ...rows.nodes.map(({ rank, score, city }) => {
      const tr = document.createElement('tr');
      tr.append(
        cell(String(rank ?? '–'), 'number'),
        cell(city.name),
        cell(city.tier ?? '–'),
        cell(score?.toFixed(2) ?? '–', 'number'),
      );
      return tr;
    }),
  );
  if (more) more.hidden = !rows.pageInfo.hasNextPage;
}

const query = client.watchQuery({ query: RankingDocument, variables: { first: 10 } });
query.subscribe(({ data, dataState, error }) => {
  if (error && status) status.textContent = error.message;
  if (dataState === 'complete' && data.ranking) draw(data.ranking);
});
more?.addEventListener('click', () => {
  const result = query.getCurrentResult();
  const after = result.dataState === 'complete' ? result.data.ranking?.rows.pageInfo.endCursor : null;
  if (after != null) void query.fetchMore({ variables: { after } });
});
