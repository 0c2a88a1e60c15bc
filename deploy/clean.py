"""`make clean`: remove the data folder, after the server in it has stopped."""

import shutil

from deploy.place import data_folder
from deploy.postgres import stop

if __name__ == "__main__":
    folder = data_folder()
    stop(folder / "postgres")
    shutil.rmtree(folder, ignore_errors=True)
