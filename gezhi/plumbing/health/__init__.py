"""Is this installation well? `/healthz` says that a web process answers and touches nothing that could hang; `/readyz`
says whether everything behind it works, within two seconds whatever hangs.
"""
