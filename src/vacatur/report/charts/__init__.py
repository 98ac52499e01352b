"""Charts for reports: plain functions from data to markup, drawn by the server and complete without a script.

X is in per cent and Y in pixels, so charts stretch with the window and words do not. States keep the shapes and
textures of the timeline; everything else is ink. Every chart carries its exact numbers as a table, and says so when
there is nothing to draw. The patterns and colours are those of `report.page`: a chart stands on a page made there.
"""
