#!/usr/bin/env python3
"""Numbers of what this library adds to the paper: trust, balance, readiness, fallbacks, PASSION's clamp.

A deliberately slow reference: one voxel at a time, float64, derivatives by the complex step (exact to the
last digits). Run: python3 make_ours.py OUT_DIR (needs NumPy). `settings` of a file: trust (0 none, 1 label,
2 label weight), balance (0 voxel, 1 class), teacher (0 votes, 1 fused, 3 votes else fused, 4 votes else
nothing), divergence (0 forward, 1 reverse, 2 floored), normalised, vote of an unready class (-1: no
readiness, 0 none, 1 label). A label of 255 is ignored, one of 9 belongs to no class.
"""
import cmath
import math
import sys

import numpy as np

IGNORED = 255


def softmax(z):
    """Of plain Python numbers, complex ones too."""
    top = max(x.real for x in z)
    e = [cmath.exp(x - top) for x in z]
    s = sum(e)
    return [x / s for x in e]


def vote(p, q, lead, member, t_l, t_m, rho):
    """Of one class: (whether the minimum decides, the vote)."""
    if not lead and not member:
        return False, 0.0
    sure = [m for m in lead if p[m] > t_l]
    if lead and len(sure) == len(lead):
        return False, max(q[m] for m in lead)
    if sure:
        high, low = max(q[m] for m in lead), min(q[m] for m in lead)
        return False, high - rho * (high - low)
    if member and all(p[m] > t_m for m in member):
        return False, sum(q[m] for m in member) / len(member)
    return True, min(q[m] for m in lead + member)


def numbers(z, fused, leads, here, params, teacher):
    """What the teacher says of one voxel; z: [M][N]."""
    tau, t_l, t_m, rho = params
    n = len(fused)
    tempered = [x.real for x in softmax([math.log(max(f, 1e-12)) / tau for f in fused])]
    if teacher == 1:
        return tempered
    p = [[x.real for x in softmax(list(row))] for row in z]
    q = [[x.real for x in softmax([x / tau for x in row])] for row in z]
    minimum, votes = [], []
    for c in range(n):
        lead = [m for m in here if leads[c][m]]
        member = [m for m in here if not leads[c][m]]
        low, v = vote([row[c] for row in p], [row[c] for row in q], lead, member, t_l, t_m, rho)
        minimum.append(low)
        votes.append(v)
    if teacher == 3:
        votes = [tempered[c] if minimum[c] else votes[c] for c in range(n)]
    if teacher == 4 and all(minimum):
        votes = [0.0] * n
    return votes


def divergence(t, z, tau, kind):
    """Of one branch; z may be complex."""
    q = softmax([x / tau for x in z])
    total = 0
    for c in range(len(t)):
        if kind == 2:
            a = max(t[c], 0.005)
            b = q[c] if q[c].real >= 0.005 else 0.005
            total += a * (math.log(a) - cmath.log(b))
        else:
            d = math.log(max(t[c], 1e-12)) - cmath.log(q[c])
            total += t[c] * d if kind == 0 else -q[c] * d
    return total


def balance(labels, n, kind):
    """The weights of one sample's voxels."""
    if kind == 0:
        return [1.0] * len(labels)
    known = [y for y in labels if 0 <= y < n]
    w = [1 - known.count(y) / len(known) if 0 <= y < n else 0.0 for y in labels]
    mean = sum(w) / max(1, len(known))
    return [x / mean if mean > 0 else float(0 <= y < n) for x, y in zip(w, labels)]


def case(path, seed, shape, leads, settings, present=None, params=(8.0, 0.65, 0.75, 0.3), scale=2.0):
    g = np.random.default_rng(seed)
    trust_kind, balance_kind, teacher, kind, normalised, unready = settings
    n, m = np.asarray(leads).shape
    b, space = shape[0], tuple(shape[1:])
    v = int(np.prod(space))
    tau = params[0]
    present = np.ones((b, m), int) if present is None else np.asarray(present)
    common = g.normal(size=(b, n, v)) * scale * 2
    z = g.normal(size=(m, b, n, v)) * scale + common * (g.random((m, b, 1, v)) < 0.7)
    z[:, :, :, 0] = 1.0  # a tie of everything
    labels = np.where(g.random((b, v)) < 0.6, common.argmax(1), g.integers(0, n, (b, v)))
    labels[:, 1] = 9
    labels[:, 2:4] = IGNORED
    labels[-1, 4:] = 1  # but for the first voxels a sample of one class
    labels[-1, :4] = 1
    fused = np.exp(z.mean(0) + g.normal(size=(b, n, v)))
    fused /= fused.sum(1, keepdims=True)
    mask = (g.random((b, 1, v)) < 0.8).astype(float)
    ready = (np.arange(n) % 2 == 0).astype(float)
    target, trust = np.zeros((b, n, v)), np.zeros((b, 1, v))
    weight, loss, grad = np.zeros((b, 1, v)), 0.0, np.zeros((m, b, n, v))
    for i in range(b):
        here = [k for k in range(m) if present[i, k]]
        sample = balance(labels[i].tolist(), n, balance_kind)
        for j in range(v):
            y = int(labels[i, j])
            t = numbers(z[:, i, :, j].tolist(), fused[i, :, j].tolist(), leads, here, params, teacher)
            if unready >= 0:
                e = math.exp(1 / tau)
                low, high = 1 / (e + n - 1), e / (e + n - 1)
                t = [t[c] if ready[c] else 0.0 if unready == 0 else high if c == y else low for c in range(n)]
            total = sum(t)
            decided = total > 1e-12
            if decided and normalised:
                t = [x / total for x in t]
            target[i, :, j] = t if decided else [1 / n] * n
            of_label = t[y] if y < n else 0.0
            if decided:
                trust[i, 0, j] = 1.0 if trust_kind == 0 else float(of_label == max(t)) if trust_kind == 1 else of_label / max(t)
            w = mask[i, 0, j] * sample[j] * trust[i, 0, j] * (y != IGNORED) / (b * v)
            weight[i, 0, j] = w * b * v
            for k in here:
                row = [complex(x) for x in z[k, i, :, j]]
                loss += w * divergence(t, row, tau, kind).real if w else 0.0
                for c in range(n):
                    if w:
                        step = list(row)
                        step[c] += 1e-30j
                        grad[k, i, c, j] = w * divergence(t, step, tau, kind).imag / 1e-30
    full = lambda a, *head: a.reshape(head + space)
    np.savez_compressed(
        path, logits=full(z, m, b, n), leads=np.asarray(leads), present=present, params=np.array(params),
        settings=np.array(settings), labels=full(labels, b, 1), fused=full(fused, b, n), mask=full(mask, b, 1), ready=ready,
        target=full(target, b, n), trust=full(trust, b, 1), weight=full(weight, b, 1), loss=np.array(loss),
        grad=full(grad, m, b, n))
    print(path, 'loss %.12g, trusted %.3f, undecided %d' % (loss, trust.mean(), (trust == 0).sum()))


BRATS = [[1, 0, 0, 0], [0, 1, 0, 0], [1, 0, 0, 1], [0, 1, 0, 0]]  # BG, NCR/NET, ED, ET by flair, t1ce, t1, t2
MISSING = [[1, 1, 1, 1], [0, 1, 1, 1], [1, 0, 0, 1], [0, 0, 0, 0]]
if __name__ == '__main__':
    out = sys.argv[1]
    case(out + '/ours-trust.npz', 11, (2, 4, 5, 6), BRATS, (1, 0, 0, 0, 1, -1))
    case(out + '/ours-weight-balance.npz', 12, (4, 3, 4, 5), BRATS, (2, 1, 0, 1, 1, -1), present=MISSING)
    case(out + '/ours-ready-label.npz', 13, (2, 7, 9), [[1, 0, 0], [1, 1, 1], [0, 1, 1], [0, 0, 1], [1, 1, 0]], (0, 1, 0, 0, 0, 1),
         params=(4.0, 0.5, 0.6, 0.5))
    case(out + '/ours-fallback.npz', 14, (4, 3, 4, 5), BRATS, (1, 1, 3, 0, 1, 0), present=MISSING)
    case(out + '/ours-nothing.npz', 15, (2, 4, 4, 4), BRATS, (2, 0, 4, 1, 1, -1))
    case(out + '/ours-passion.npz', 16, (2, 4, 4, 4), BRATS, (0, 0, 1, 2, 1, -1), params=(4.0, 0.65, 0.75, 0.3), scale=12.0)
