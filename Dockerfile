# gradecheck for an instructor's machine. Its sandbox makes namespaces of its own within the container, as an ordinary user:
# docs/instructors.md has the flags with which Docker lets it.
FROM python:3.12-slim
RUN apt-get update && apt-get install --yes --no-install-recommends bubblewrap && rm -rf /var/lib/apt/lists/*
RUN pip install --no-cache-dir torch --index-url https://download.pytorch.org/whl/cpu
COPY . /opt/gradecheck
WORKDIR /opt/gradecheck
RUN pip install --no-cache-dir --constraint constraints.txt '.[archives]'
RUN useradd --create-home instructor
USER instructor
WORKDIR /work
ENTRYPOINT ["gradecheck"]
