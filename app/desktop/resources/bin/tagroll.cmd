@echo off
"%~dp0..\node\bin\node.exe" "%~dp0..\app.asar.unpacked\dist\engine\cli.js" %*
