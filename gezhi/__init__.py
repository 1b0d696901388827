"""格治: the open platform for digital urban management (数字化城市管理).

One folder per capability, in tiers that import downwards only; `assembly/capabilities.py` lists them.
"""
