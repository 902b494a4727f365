/*
 * What a tight C program takes for 10,000 draws of weights over 300 x 50: uniform weights on the simplex, two-level weighted
 * means, competition ranks, counts of ranks. Percentiles of scores are timed apart. One thread.
 * Build: gcc -O3 -march=native -o uncertainty uncertainty.c -lm    Run: ./uncertainty [runs]
 * Prints JSON: median milliseconds of scores + ranks + counts, and of that with p5, p50, p95 of every city's scores.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { N = 300, M = 50, D = 8, DRAWS = 10000 };

static double leaves[M][N] __attribute__((aligned(64)));
static int first_of[D + 1];
static int counts[N][N];
static double *scores;

static uint64_t state[2] = {0x9e3779b97f4a7c15u, 0xbf58476d1ce4e5b9u};

/* xorshift128+: faster than anything seekable, as suits a limit. */
static double uniform(void) {
  uint64_t a = state[0], b = state[1];
  state[0] = b;
  a ^= a << 23;
  state[1] = a ^ b ^ (a >> 17) ^ (b >> 26);
  return (double)((state[1] + b) >> 11) * 0x1p-53;
}

static void simplex(double *w, int k) {
  double sum = 0;
  for (int i = 0; i < k; i++) sum += w[i] = -log(1 - uniform());
  for (int i = 0; i < k; i++) w[i] /= sum;
}

static void score(const double *w, const double *v, double *restrict out) {
  double node[N] __attribute__((aligned(64)));
  memset(out, 0, N * sizeof *out);
  for (int d = 0; d < D; d++) {
    memset(node, 0, sizeof node);
    for (int j = first_of[d]; j < first_of[d + 1]; j++)
      for (int i = 0; i < N; i++) node[i] += w[j] * leaves[j][i];
    for (int i = 0; i < N; i++) out[i] += v[d] * node[i];
  }
}

static void rank(const double *s) {
  static int key[N], start[N + 2], order[N];
  double min = s[0], max = s[0];
  for (int i = 1; i < N; i++) {
    if (s[i] < min) min = s[i];
    if (s[i] > max) max = s[i];
  }
  double scale = max > min ? (N - 1) / (max - min) : 0;
  memset(start, 0, sizeof start);
  for (int i = 0; i < N; i++) start[(key[i] = (int)((max - s[i]) * scale)) + 1]++;
  for (int k = 1; k <= N; k++) start[k] += start[k - 1];
  for (int i = 0; i < N; i++) order[start[key[i]]++] = i;
  for (int k = 1; k < N; k++) {
    int city = order[k], hole = k;
    while (hole > 0 && s[order[hole - 1]] < s[city]) { order[hole] = order[hole - 1]; hole--; }
    order[hole] = city;
  }
  int place = 0;
  for (int k = 0; k < N; k++) {
    if (k == 0 || s[order[k]] != s[order[k - 1]]) place = k;
    counts[order[k]][place]++;
  }
}

static double select_kth(double *a, int n, int k) {
  int low = 0, high = n - 1;
  while (low < high) {
    double pivot = a[(low + high) / 2];
    int i = low, j = high;
    while (i <= j) {
      while (a[i] < pivot) i++;
      while (a[j] > pivot) j--;
      if (i <= j) { double t = a[i]; a[i++] = a[j]; a[j--] = t; }
    }
    if (k <= j) high = j; else if (k >= i) low = i; else break;
  }
  return a[k];
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int argc, char **argv) {
  int runs = argc > 1 ? atoi(argv[1]) : 11;
  if (runs < 1 || runs > 1000) return 1;
  scores = malloc(sizeof(double) * N * DRAWS);
  double *column = malloc(sizeof(double) * DRAWS), *first = malloc(sizeof(double) * runs), *whole = malloc(sizeof(double) * runs);
  if (!scores || !column || !first || !whole) return 1;
  for (int d = 0; d <= D; d++) first_of[d] = (d * M + D - 1) / D;
  for (int j = 0; j < M; j++) for (int i = 0; i < N; i++) leaves[j][i] = uniform() * 100;
  double check = 0;
  for (int r = 0; r < runs; r++) {
    double started = now();
    memset(counts, 0, sizeof counts);
    for (int draw = 0; draw < DRAWS; draw++) {
      double w[M], v[D];
      for (int d = 0; d < D; d++) simplex(w + first_of[d], first_of[d + 1] - first_of[d]);
      simplex(v, D);
      score(w, v, scores + (size_t)draw * N);
      rank(scores + (size_t)draw * N);
    }
    first[r] = now() - started;
    for (int i = 0; i < N; i++) {
      for (int draw = 0; draw < DRAWS; draw++) column[draw] = scores[(size_t)draw * N + i];
      check += select_kth(column, DRAWS, DRAWS / 20) + select_kth(column, DRAWS, DRAWS / 2) + select_kth(column, DRAWS, DRAWS - DRAWS / 20);
    }
    whole[r] = now() - started;
  }
  qsort(first, runs, sizeof *first, ascending);
  qsort(whole, runs, sizeof *whole, ascending);
  printf("{\"scoresAndRanks\": %.3f, \"withPercentiles\": %.3f, \"check\": %.6f}\n", first[runs / 2], whole[runs / 2], check + counts[7][9]);
  return 0;
}
