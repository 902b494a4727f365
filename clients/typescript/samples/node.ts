/*
 * Ranks cities with weights of one's own, checks them first as a form would, and explains the winner.
 * Run: npm run sample:node (CITY_RANKING_URL names the service, else localhost).
 */
import { CheckRankingDocument, createClient, ExplainDocument, RankingDocument, type RankingInput } from '../src';

async function main(url: string): Promise<void> {
  const client = createClient({ url });
  const input: RankingInput = {
    year: 2019,
    recipe: { weight: { method: 'GIVEN', weights: [{ node: 'governance', weight: 2 }] } },
  };

  const { checkRanking } = await client.request(CheckRankingDocument, { input });
  for (const { path, message, allowed } of checkRanking?.userErrors ?? [])
    console.error(`${path}: ${message} Allowed: ${allowed ?? ''}`);
  if (!checkRanking?.preview) return;
  console.log(`Ranking ${String(checkRanking.preview.cityCount)} cities, ${checkRanking.preview.digest.slice(0, 12)}`);

  // Every page of the ranking, best first.
  const codes: string[] = [];
  const rows = client.items(RankingDocument, { input, first: 10 }, ({ ranking }) => ranking?.rows);
  for await (const { rank, score, city } of rows) {
    codes.push(city.code);
    if (codes.length <= 5) console.log(`${String(rank)}. ${city.name} ${score?.toFixed(2) ?? '–'}`);
  }
  console.log(`${String(codes.length)} cities in all`);

  const { explain } = await client.request(ExplainDocument, { city: codes[0] ?? '', input });
  const root = explain?.nodes.find(({ depth }) => depth === 0);
  const [largest] = [...(root?.contributions ?? [])].sort((a, b) => b.value - a.value);
  if (explain && largest)
    console.log(`${explain.city.name} gains most by ${largest.indicator.name}: ${largest.value.toFixed(2)}`);
}

void main(process.env['CITY_RANKING_URL'] ?? 'http://localhost:4000/graphql');
