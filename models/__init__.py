"""The data model: documents, reports, forms, taxonomies, datasets. Imports nothing of ours."""
