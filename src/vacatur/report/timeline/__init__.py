"""The timeline: one drawing for the command line's page, the reports and the web.

`law` says what a view holds of a programme, `lanes` turns that into tracks and spans (pure data, no markup), `scale`
places time on a line, `labels` finds room for words, `draw` writes the markup.
"""
