"""Writes HTML, scripts, links, rich's own markup, Markdown and LaTeX into message, type, names and output.

status: error
"""

MARKUP = (
    "<script>alert('poison')</script><img src=x onerror=alert(1)><a href=javascript:alert(1)>x</a></pre></body><!--"
    "]]><![CDATA[ &amp; &#60;script&#62; [bold red]x[/] [link=https://evil.example]y[/link] [/nothing]"
    " ![i](javascript:x) [a](https://evil.example) `code` $\\href{javascript:x}{y}$ $$\\begin{bmatrix}$$ \\def\\x{\\x\\x}\\x"
)
print(MARKUP)
Marked = type(MARKUP[:99], (ValueError,), {})


def tanh_jacobian(h_prev, x, W_hh, W_xh, b):
    raise Marked(MARKUP)
