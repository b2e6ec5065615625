"""How quick and how large Kamerton is beside public tools, on data that anybody can make again."""
