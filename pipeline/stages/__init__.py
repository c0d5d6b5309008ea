"""The stages of a document's way: intake, ocr, extract, load. A file is a stage.

A stage takes one small frozen task and returns one record, or raises `pipeline.errors.ItemError`. What runs in a worker
is a module-level function of its task, computes, and touches no archive; the parent (`pipeline.run`) writes. A stage
names what its result depends on in `fingerprint_parts(settings)`, callable in the parent, so that finished work is
skipped as long as nothing of it changes.
"""
