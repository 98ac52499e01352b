"""Market evidence: what prices did around the acts on a party, beyond what the market model lets expect.

An event study after MacKinlay (1997) and Campbell, Lo and MacKinlay (1997), chapter 4. It shows an association and
never a cause: other news of the same days moves prices too.
"""
