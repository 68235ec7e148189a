"""Data-parallel training over processes (gloo on CPU) with one flat gradient all-reduce per step."""
import os
import time

import torch
import torch.distributed as dist
import torch.multiprocessing as mp


class Worker:
    """One process's view of the group: its rank and the shared clock."""

    def __init__(self, rank, size, device):
        self.rank, self.size, self.device = rank, size, torch.device(device)
        self.lead = rank == 0
        self._started, self._carried, self.elapsed = time.monotonic(), 0.0, 0.0

    def resume_clock(self, elapsed):
        """Continue counting from `elapsed` seconds of earlier training."""
        self._started, self._carried, self.elapsed = time.monotonic(), elapsed, elapsed

    def average(self, parameters):
        """Average gradients and clocks over the group; all ranks then agree on both."""
        now = self._carried + time.monotonic() - self._started
        if self.size == 1:
            self.elapsed = now
            return
        parameters = [p for p in parameters if p.requires_grad]
        flat = torch.cat([(p.grad if p.grad is not None else torch.zeros_like(p)).reshape(-1) for p in parameters]
                         + [torch.tensor([now], dtype=torch.float32, device=self.device)])
        dist.all_reduce(flat)
        flat /= self.size
        self.elapsed, offset = float(flat[-1]), 0
        for p in parameters:
            p.grad = flat[offset:offset + p.numel()].view_as(p)
            offset += p.numel()

    def barrier(self):
        """Wait for the others."""
        if self.size > 1:
            dist.barrier()

    def autocast(self):
        """bf16 for matrix products; norms and the residual stream stay fp32."""
        return torch.autocast(self.device.type, dtype=torch.bfloat16)


def _enter(rank, size, device, port, work, args):
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port))
    torch.set_num_threads(1)
    dist.init_process_group("gloo", rank=rank, world_size=size)
    work(Worker(rank, size, device), args)
    dist.destroy_process_group()


def launch(work, args, workers, device, port):
    """Run `work(worker, args)` in `workers` processes, or right here when there is one."""
    if workers == 1:
        return work(Worker(0, 1, device), args)
    return mp.start_processes(_enter, (workers, device, port, work, args), nprocs=workers, start_method="spawn")


def save(path, payload):
    """Write a checkpoint so that a kill at any moment leaves either the old or the new file."""
    torch.save(payload, path + ".part")
    os.replace(path + ".part", path)
