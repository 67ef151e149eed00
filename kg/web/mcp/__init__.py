"""The graph for agents: tools and resources of the Model Context Protocol.

https://modelcontextprotocol.io; by standard input and output (``kg mcp``), and over HTTP at
``/mcp`` of ``kg serve``. Tools run in the workers of the server, with its limits.
"""
