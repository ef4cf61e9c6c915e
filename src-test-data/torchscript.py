# Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0
"""Writes torchscript-traced.pt and torchscript-scripted.pt beside this file (python3, PyTorch 1.13)."""
import pathlib

import torch
from torch import nn


class Traced(nn.Module):
    """One 3^3 convolution a modality; one 1^3 for all branches, one for the fusion of a subset."""

    def __init__(self):
        super().__init__()
        self.encoders = nn.ModuleList([nn.Conv3d(1, 2, 3, padding=1) for _ in range(4)])
        self.branch = nn.Conv3d(2, 4, 1)
        self.fusion = nn.Conv3d(8, 4, 1)

    def forward(self, x, subset):
        features = [torch.relu(encoder(x[:, m : m + 1])) for m, encoder in enumerate(self.encoders)]
        masked = [f * subset[:, m].to(f.dtype).reshape(-1, 1, 1, 1, 1) for m, f in enumerate(features)]
        fused = torch.softmax(self.fusion(torch.cat(masked, 1)), 1)
        return fused, tuple(self.branch(f) for f in features)


class Scripted(nn.Module):
    """Images alone; the fused logits come last, and alone outside training."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Conv3d(1, 2, 3, padding=1), nn.BatchNorm3d(2), nn.ReLU(), nn.Dropout(0.2))
        self.branch = nn.Conv3d(2, 4, 1)
        self.fusion = nn.Conv3d(8, 4, 1)

    def forward(self, x):
        features = [self.encoder(x[:, m : m + 1]) for m in range(4)]
        fused = self.fusion(torch.cat(features, 1))
        if not self.training:
            return [fused]
        return [self.branch(f) for f in features] + [fused]


torch.manual_seed(1)
folder = pathlib.Path(__file__).parent
example = torch.randn(1, 4, 8, 8, 8), torch.ones(1, 4, dtype=torch.bool)
torch.jit.trace(Traced(), example).save(str(folder / "torchscript-traced.pt"))
torch.jit.script(Scripted()).save(str(folder / "torchscript-scripted.pt"))
