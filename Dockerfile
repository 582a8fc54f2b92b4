# The nightly batch: `docker build -t svarsutdrag .`, then
# docker run --rm -v /srv/reports:/reports:ro -v /srv/datasets:/datasets svarsutdrag
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml setup.py README.md LICENSE ./
COPY models models
COPY extractors extractors
COPY pipeline pipeline
RUN python -m venv /opt/svar \
    && /opt/svar/bin/pip install --no-cache-dir ".[s3,ocr]"

FROM python:3.13-slim
# Tesseract with Swedish reads scanned pages (svar run --ocr auto).
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends tesseract-ocr tesseract-ocr-swe \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 svar \
    && install -d -o svar -g svar /datasets
COPY --from=build /opt/svar /opt/svar
ENV PATH=/opt/svar/bin:$PATH PYTHONUNBUFFERED=1
USER svar
WORKDIR /home/svar
# Compiles the dictionary of Swedish words into the image, and shows that the install works.
RUN svar themes try "Vi samverkar om trygghet"
VOLUME ["/datasets"]
ENTRYPOINT ["svar"]
CMD ["run", "/reports", "--out", "/datasets", "--quiet"]
