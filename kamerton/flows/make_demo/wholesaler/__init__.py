"""«Регион-Арматура», the demo's worked example: dossier, buying centre, perspective plan."""

from kamerton.flows.make_demo.wholesaler.filling import fill as fill
