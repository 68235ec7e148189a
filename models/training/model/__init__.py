"""Delta-LLaVA in PyTorch: CLIP-shaped tower, Delta projector, LLaMA decoder, all sizes parametrised."""
