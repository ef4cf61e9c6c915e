"""Small masks with the measures that plain loops give them. Ours; needs NumPy alone.

Writes masks.txt beside this file. Every measure follows its published description, voxel by voxel:
  hd95         the larger of two directed 95th percentiles of voxel surfaces (6 neighbours)
  nsd          surface Dice at a tolerance, with DeepMind's surface elements
  lesion_*     lesion-wise Dice and HD95 of BraTS 2023
  volume_error |predicted - true| in ml
An argument compares one case instead: make_measures.py TRUTH.npy PREDICTION.npy SX SY SZ
"""

import itertools
import os
import sys

import numpy as np

FACES = [d for d in itertools.product((-1, 0, 1), repeat=3) if sum(map(abs, d)) == 1]
EIGHTEEN = [d for d in itertools.product((-1, 0, 1), repeat=3) if sum(map(abs, d)) in (1, 2)]
ALL26 = [d for d in itertools.product((-1, 0, 1), repeat=3) if any(d)]
CORNERS = list(itertools.product((0, 1), repeat=3))


def voxels(mask):
    return {tuple(int(i) for i in v) for v in np.argwhere(mask)}


def dilate(some, shape, times):
    for _ in range(times):
        grown = set(some)
        for v in some:
            for d in EIGHTEEN:
                w = tuple(a + b for a, b in zip(v, d))
                if all(0 <= a < n for a, n in zip(w, shape)):
                    grown.add(w)
        some = grown
    return some


def components(some):
    left, parts = set(some), []
    while left:
        part, front = set(), [left.pop()]
        while front:
            v = front.pop()
            part.add(v)
            for d in ALL26:
                w = tuple(a + b for a, b in zip(v, d))
                if w in left:
                    left.remove(w)
                    front.append(w)
        parts.append(part)
    return parts


def nearest(ones, others, spacing):
    """From each of some places to the nearest of others."""
    others = np.array(sorted(others), float) * spacing
    result = []
    for one in ones:
        result.append(np.sqrt(((np.array(one, float) * spacing - others) ** 2).sum(1).min()))
    return np.array(result)


# ---- surfaces made of voxels -------------------------------------------------------------------


def voxel_surface(some):
    return sorted(v for v in some if any(tuple(np.add(v, d).tolist()) not in some for d in FACES))


def hd95(truth, prediction, spacing):
    if not truth or not prediction:
        return 0.0 if not truth and not prediction else 373.13
    a, b = voxel_surface(truth), voxel_surface(prediction)
    return float(max(np.percentile(nearest(a, b, spacing), 95),
                     np.percentile(nearest(b, a, spacing), 95)))


# ---- surfaces made of elements -----------------------------------------------------------------


def polygons(inside):
    """The cuts of a cube, as closed chains of middles of edges. inside: a set of corners."""
    meets = {}
    for axis in range(3):
        for side in (0, 1):
            face = [c for c in CORNERS if c[axis] == side]
            cuts = [(a, b) for a in face for b in face
                    if a in inside and b not in inside and np.abs(np.subtract(a, b)).sum() == 1]
            if len(cuts) == 4:  # two corners inside, across the face: cut off each
                chains = [[cut for cut in cuts if cut[0] == c] for c in {cut[0] for cut in cuts}]
            else:
                chains = [cuts] if cuts else []
            for one, two in chains:
                meets.setdefault(one, []).append(two)
                meets.setdefault(two, []).append(one)
    result = []
    while meets:
        chain = [min(meets)]
        while True:
            on = [cut for cut in meets.pop(chain[-1]) if cut in meets]
            if not on:
                break
            chain.append(on[0])
        result.append([(np.array(a) + np.array(b)) / 2 for a, b in chain])
    return result


def triangulations(i, j):
    if j - i < 2:
        return [[]]
    return [a + b + [(i, k, j)] for k in range(i + 1, j)
            for a in triangulations(i, k) for b in triangulations(k, j)]


def size(points, triangles, spacing):
    points = [p * spacing for p in points]
    return sum(np.linalg.norm(np.cross(points[b] - points[a], points[c] - points[a])) / 2
               for a, b, c in triangles)


AREAS = {}


def area(inside, spacing):
    key = (frozenset(inside), tuple(spacing))
    if key not in AREAS:
        few = inside if len(inside) <= 4 else set(CORNERS) - set(inside)
        total = 0.0
        for points in polygons(few):
            ways = triangulations(0, len(points) - 1)
            largest = max(ways, key=lambda way: size(points, way, np.ones(3)))
            total += size(points, largest, np.array(spacing))
        AREAS[key] = total
    return AREAS[key]


def elements(some, spacing):
    """Where eight voxels meet that are not all alike: the place and its area."""
    places = {tuple(a + b for a, b in zip(v, c)) for v in some for c in CORNERS}
    found = {}
    for p in sorted(places):
        inside = {c for c in CORNERS if tuple(a + b - 1 for a, b in zip(p, c)) in some}
        if len(inside) < 8:
            found[p] = area(inside, spacing)
    return found


def element_distances(truth, prediction, spacing):
    a, b = elements(truth, spacing), elements(prediction, spacing)
    return [(nearest(a, b, spacing), np.array(list(a.values()))),
            (nearest(b, a, spacing), np.array(list(b.values())))]


def nsd(truth, prediction, spacing, tolerance):
    if not truth or not prediction:
        return 1.0 if not truth and not prediction else 0.0
    both = element_distances(truth, prediction, spacing)
    near = sum(areas[distances <= tolerance + 1e-6].sum() for distances, areas in both)
    return float(near / sum(areas.sum() for _, areas in both))


def robust_hausdorff(truth, prediction, spacing):
    largest = 0.0
    for distances, areas in element_distances(truth, prediction, spacing):
        order = np.argsort(distances, kind="stable")
        share = np.cumsum(areas[order]) / areas.sum()
        at = min(int(np.searchsorted(share, 0.95)), len(order) - 1)
        largest = max(largest, float(distances[order][at]))
    return largest


# ---- lesions -----------------------------------------------------------------------------------


def lesion_wise(truth, prediction, shape, spacing, dilations, smallest):
    found = components(prediction)
    matched, dice, distance, count = set(), 0.0, 0.0, 0
    for grown in components(dilate(truth, shape, dilations)):
        lesion = truth & grown
        around = dilate(lesion, shape, dilations)
        touching = [i for i, part in enumerate(found) if part & around]
        matched.update(touching)
        if len(lesion) * float(np.prod(spacing)) <= smallest + 1e-6:
            continue
        count += 1
        if not touching:
            distance += 374
            continue
        parts = set().union(*(found[i] for i in touching))
        dice += 2 * len(parts & lesion) / (len(parts) + len(lesion))
        distance += robust_hausdorff(lesion, parts, spacing)
    false = len(found) - len(matched)
    count, distance = count + false, distance + 374 * false
    return (1.0, 0.0) if count == 0 else (dice / count, distance / count)


def measure(truth, prediction, spacing, dilations, smallest, tolerance):
    shape, spacing = truth.shape, np.array([float(np.float32(s)) for s in spacing])
    t, p = voxels(truth), voxels(prediction)
    dice, distance = lesion_wise(t, p, shape, spacing, dilations, smallest)
    return {
        "hd95": hd95(t, p, spacing),
        "lesion_dice": dice,
        "lesion_hd95": distance,
        "surface_dice": nsd(t, p, spacing, tolerance),
        "volume_error": abs(len(p) - len(t)) * float(np.prod(spacing)) / 1000,
    }


# ---- the cases ---------------------------------------------------------------------------------


def box(shape, *boxes):
    mask = np.zeros(shape, bool)
    for x, y, z, dx, dy, dz in boxes:
        mask[x:x + dx, y:y + dy, z:z + dz] = True
    return mask


def ball(shape, centre, radius, spacing):
    at = np.indices(shape).T
    return (((at - centre) * spacing) ** 2).sum(-1).T <= radius ** 2


def cases():
    s, mm = (20, 18, 16), (1, 1, 1)
    none, one = box(s), box(s, (4, 4, 4, 5, 5, 5))
    glioma = (3, 50, 1)
    yield "both-empty", none, none, mm, *glioma
    yield "truth-empty", none, one, mm, *glioma
    yield "prediction-empty", one, none, mm, *glioma
    yield "same", one, one, mm, *glioma
    yield "shifted", one, box(s, (5, 4, 6, 5, 5, 5)), mm, *glioma
    yield "full", np.ones(s, bool), one, mm, *glioma
    yield "single-voxels", box(s, (3, 3, 3, 1, 1, 1)), box(s, (3, 4, 5, 1, 1, 1)), mm, 3, 0, 2
    # Components that share a corner alone are one.
    diagonal = box(s, (2, 2, 2, 4, 4, 4), (6, 6, 6, 4, 4, 4))
    yield "diagonal-prediction", box(s, (2, 2, 2, 4, 4, 4)), diagonal, mm, 0, 50, 1
    yield "diagonal-truth", diagonal, box(s, (2, 2, 2, 4, 4, 4)), mm, 0, 50, 1
    # Dilated once by 18 neighbours these meet along x, but not across a corner.
    gap = box(s, (2, 2, 2, 4, 4, 4), (8, 2, 2, 4, 4, 4))
    yield "gap-of-2-dilated-once", gap, box(s, (2, 2, 2, 4, 4, 4)), mm, 1, 50, 1
    yield "gap-of-2-not-dilated", gap, box(s, (2, 2, 2, 4, 4, 4)), mm, 0, 50, 1
    corner = box(s, (2, 2, 2, 4, 4, 4), (9, 9, 9, 4, 4, 4))
    for times in (1, 2, 3):
        yield "corner-gap-dilated-%d" % times, corner, box(s, (2, 2, 2, 4, 4, 4)), mm, times, 50, 1
    # A prediction that lies in the dilated lesion alone is no false one: Dice 0, its own distance.
    yield "beside", box(s, (2, 2, 2, 4, 4, 4)), box(s, (8, 2, 2, 3, 3, 3)), mm, *glioma
    yield "too-far", box(s, (2, 2, 2, 4, 4, 4)), box(s, (9, 2, 2, 3, 3, 3)), mm, *glioma
    # One lesion met, one missed, one false component of a single voxel.
    several = box(s, (1, 1, 1, 4, 4, 4), (12, 11, 1, 4, 5, 4))
    yield "missed-and-false", several, box(s, (2, 1, 1, 4, 4, 4), (3, 15, 14, 1, 1, 1)), mm, 1, 50, 2
    # Several components for one lesion, and one component for two lesions.
    yield "two-for-one", box(s, (2, 2, 2, 10, 4, 4)), box(s, (2, 2, 2, 3, 4, 4), (8, 3, 2, 4, 4, 4)), mm, *glioma
    yield "one-for-two", several, box(s, (1, 1, 1, 15, 15, 4)), mm, 1, 50, 1
    # A lesion of 50 voxels is left out, one of 51 counts; what meets the small one is not false.
    fifty = box(s, (1, 1, 1, 5, 5, 2))
    more = fifty.copy()
    more[1, 1, 3] = True
    yield "fifty-missed", fifty, none, mm, *glioma
    yield "fifty-met", fifty, box(s, (2, 1, 1, 5, 5, 2)), mm, *glioma
    yield "fifty-one-missed", more, none, mm, *glioma
    yield "fifty-beside-a-large-one", fifty | box(s, (12, 10, 6, 5, 5, 5)), box(s, (2, 1, 1, 5, 5, 2), (12, 10, 7, 5, 5, 5)), mm, *glioma
    # Thick slices: 13 voxels of 4 mm3 are more than 50 mm3, 12 are not.
    thick = (1, 1, 4)
    yield "thick-12-missed", box(s, (1, 1, 1, 4, 3, 1)), none, thick, *glioma
    yield "thick-13-missed", box(s, (1, 1, 1, 13, 1, 1)), none, thick, *glioma
    yield "thick-shifted", one, box(s, (4, 5, 5, 5, 5, 5)), thick, 3, 50, 3
    # Stored as a float 0.1 mm is more than that: 50 voxels are 50 mm3, a step is within 0.1 mm.
    yield "fifty-of-rounded-edges", fifty, box(s, (2, 1, 1, 5, 5, 2)), (0.1, 10, 1), 3, 50, 0.1
    # Balls on fine and coarse grids, a rounded tolerance, metastases.
    for spacing in ((0.5, 0.75, 3), (0.7, 0.7, 0.7), (2.5, 1.25, 0.5)):
        t = ball(s, (9, 8, 7), 4.0 * min(1.5, max(spacing)), spacing)
        p = ball(s, (10, 7, 7), 3.5 * min(1.5, max(spacing)), spacing)
        yield "balls-%g" % spacing[0], t, p, spacing, 1, 2, 0.7
    random = np.random.default_rng(7)
    for i, share in enumerate((0.01, 0.05, 0.2)):
        shape = (11, 10, 9)
        yield ("noise-%g" % share, random.random(shape) < share, random.random(shape) < share,
               ((1, 1, 1), (0.9, 1.1, 2), (3, 1, 1))[i], i, i, 1.2)


def runs(mask):
    flat = np.concatenate([[0], mask.ravel().astype(int), [0]])
    steps = np.flatnonzero(np.diff(flat))
    return " ".join("%d+%d" % (a, b - a) for a, b in zip(steps[::2], steps[1::2]))


def main():
    if len(sys.argv) > 1:
        truth, prediction = (np.load(f).astype(bool) for f in sys.argv[1:3])
        print(measure(truth, prediction, [float(a) for a in sys.argv[3:6]], 3, 50, 1))
        return
    with open(os.path.join(os.path.dirname(__file__), "masks.txt"), "w") as out:
        for name, truth, prediction, spacing, dilations, smallest, tolerance in cases():
            out.write("case %s\n" % name)
            out.write("shape %d %d %d\n" % truth.shape)
            out.write("spacing %g %g %g\n" % tuple(spacing))
            out.write("settings lesions=%dx%g;nsd=%g;volume;empty-hd95=373.13\n"
                      % (dilations, smallest, tolerance))
            out.write("truth %s\nprediction %s\n" % (runs(truth), runs(prediction)))
            for key, value in measure(truth, prediction, spacing, dilations, smallest, tolerance).items():
                out.write("%s %.15g\n" % (key, value))
            out.write("\n")


if __name__ == "__main__":
    main()
